locals {
  renumbered = {
    loki-grafana-grpc = [9096, 9096, "tcp"]
    promtail-http     = [9200, 9200, "tcp"]
  }
}
