# Each of these takes what failed elsewhere; only the first is a queue of work.
variable "role_arn" {
  type = string
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_redrive_policy" "orders" {
  queue_url      = aws_sqs_queue.orders.id
  redrive_policy = <<-EOF
    {
      "deadLetterTargetArn": "${aws_sqs_queue.unhandled.arn}",
      "maxReceiveCount": 5
    }
  EOF
}

resource "aws_sqs_queue" "unhandled" {
  name = "unhandled"
}

resource "aws_sqs_queue" "of_function" {
  name = "of-function"
}

resource "aws_sqs_queue" "of_invocations" {
  name = "of-invocations"
}

resource "aws_sqs_queue" "of_subscription" {
  name = "of-subscription"
}

resource "aws_sqs_queue" "of_rule" {
  name = "of-rule"
}

resource "aws_sqs_queue" "of_schedule" {
  name = "of-schedule"
}

resource "aws_sqs_queue" "of_stream" {
  name = "of-stream"
}

resource "aws_sqs_queue" "open_to_others" {
  name = "open-to-others"
}

resource "aws_sqs_queue_redrive_allow_policy" "open_to_others" {
  queue_url = aws_sqs_queue.open_to_others.id
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.orders.arn]
  })
}

resource "aws_sqs_queue" "shared_dlq" {
  name = "shared"
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  runtime       = "python3.13"
  handler       = "report.run"
  role          = var.role_arn
  filename      = "report.zip"

  dead_letter_config {
    target_arn = aws_sqs_queue.of_function.arn
  }
}

resource "aws_lambda_function_event_invoke_config" "report" {
  function_name = aws_lambda_function.report.function_name

  destination_config {
    on_failure {
      destination = aws_sqs_queue.of_invocations.arn
    }
  }
}

resource "aws_sns_topic" "news" {
  name = "news"
}

resource "aws_sns_topic_subscription" "news" {
  topic_arn      = aws_sns_topic.news.arn
  protocol       = "lambda"
  endpoint       = aws_lambda_function.report.arn
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.of_subscription.arn })
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.report.arn

  dead_letter_config {
    arn = aws_sqs_queue.of_rule.arn
  }
}

resource "aws_scheduler_schedule" "weekly" {
  name                = "weekly"
  schedule_expression = "rate(7 days)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.report.arn
    role_arn = var.role_arn

    dead_letter_config {
      arn = aws_sqs_queue.of_schedule.arn
    }
  }
}

resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 1
}

resource "aws_lambda_event_source_mapping" "clicks" {
  event_source_arn  = aws_kinesis_stream.clicks.arn
  function_name     = aws_lambda_function.report.arn
  starting_position = "LATEST"

  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.of_stream.arn
    }
  }
}
