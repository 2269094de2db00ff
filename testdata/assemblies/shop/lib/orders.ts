import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';

class Queues extends cdk.NestedStack {
  constructor(scope: Construct, id: string, worker: lambda.Function) {
    super(scope, id);
    const jobs = new sqs.Queue(this, 'Jobs', { visibilityTimeout: cdk.Duration.seconds(30) });
    worker.addEventSource(new SqsEventSource(jobs));
  }
}

export class Orders extends cdk.Stack {
  constructor(scope: Construct, id: string, props: cdk.StackProps & { vpc: ec2.IVpc }) {
    super(scope, id, props);
    const subnets = { subnets: [props.vpc.privateSubnets[0]] };
    const worker = new lambda.Function(this, 'Worker', {
      code: lambda.Code.fromAsset('worker'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      timeout: cdk.Duration.seconds(60),
      vpc: props.vpc,
      vpcSubnets: subnets,
    });
    new Queues(this, 'Queues', worker);
    new Provider(this, 'Seeding', { onEventHandler: worker, vpc: props.vpc, vpcSubnets: subnets });
  }
}
