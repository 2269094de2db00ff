locals {
  cluster_id = aws_eks_cluster.this[0].name
}
