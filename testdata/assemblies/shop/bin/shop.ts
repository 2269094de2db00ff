import * as cdk from 'aws-cdk-lib';
import { Network } from '../lib/network';
import { Orders } from '../lib/orders';

const app = new cdk.App();

const network = new Network(app, 'Network');
new Orders(app, 'Orders', { vpc: network.vpc });

const live = new cdk.Stage(app, 'Live', { env: { account: '123456789012', region: 'eu-west-1' } });
new Network(live, 'Network');
