"""A bucket encrypts its objects with a KMS key, and its replication leaves such objects out.

S3 does not replicate objects that are encrypted with a key of AWS KMS unless a
replication rule says so. Where that is the bucket's default encryption, the
replication is in place, reports no failure, and copies nothing that is uploaded
without an encryption of its own.

Buckets encrypted with keys of S3 (AES256, the default) are not meant, and neither
is a replication that is switched off whole. One rule that takes encrypted objects
in is enough.

How to mend
    Add `SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: Enabled}}` to the
    replication rule (`source_selection_criteria` in Terraform), and to its destination
    an `EncryptionConfiguration` with a key of the destination's region.

See also
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
    https://docs.aws.amazon.com/AmazonS3/latest/API/API_SourceSelectionCriteria.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.answers import Answer, all_answers, any_answer, doubt, if_sure, said_by
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, MapValue, Truth
from haanalyzer.values.blocks import blocks_in
from haanalyzer.values.questions import is_one_of, is_true


@rule(
    "HA424",
    kinds=("bucket_replication",),
    severity=Severity.WARNING,
    systems=("S3 replication", "KMS"),
)
def encrypted_objects_not_replicated(replication: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    sources = graph.targets(replication, "bucket")
    elsewhere = Blocker(replication.address, replication.place, "its bucket is not declared here")
    bucket = sources.must[0] if sources.must else None
    encrypted = _encrypted(bucket, graph) if bucket else any_answer(doubt(sources.blockers or (elsewhere,)))
    rules, unsure = blocks_in(replication["rules"])
    copies = any_answer((*map(_is_on, rules), *doubt(unsure)))
    if Truth.NO in (encrypted.truth, copies.truth):
        return
    taken = any_answer((*map(_takes_encrypted, rules), *doubt(unsure)))
    if taken.truth is Truth.YES:
        yield passed(replication, assuming=taken.assuming)
    elif bucket and taken.truth is Truth.NO and encrypted.truth is copies.truth is Truth.YES:
        yield failed(
            replication,
            f"{bucket.address} encrypts with a KMS key, and its replication leaves such objects out",
            evidence=encrypted.steps,
            assuming=encrypted.assuming | copies.assuming | taken.assuming,
        )
    else:
        yield undecided(replication, (*encrypted.blockers, *copies.blockers, *taken.blockers))


def _encrypted(bucket: Resource, graph: ResourceGraph) -> Answer:
    """Whether objects are encrypted with a KMS key unless they say otherwise."""
    settings = graph.sources(bucket, "bucket_encryption", "bucket")
    found = (if_sure(_with_kms(setting), setting, settings.must) for setting in settings.may)
    return any_answer((*found, *doubt(settings.open)))


def _with_kms(setting: Resource) -> Answer:
    algorithm = setting["algorithm"]
    truth = is_one_of(algorithm, "aws:kms", "aws:kms:dsse")
    step = Step(setting.place_of("algorithm"), f"the default encryption is {algorithm}")
    return said_by(truth, algorithm, step=step if truth is Truth.YES else None)


def _is_on(copy: MapValue) -> Answer:
    """Whether a replication rule copies anything."""
    return _says_yes(copy, "enabled", "whether it is on cannot be told")


def _takes_encrypted(copy: MapValue) -> Answer:
    """Whether a replication rule is on, and takes in what is encrypted with KMS keys."""
    encrypted = _says_yes(copy, "encrypted_objects_too", "whether it takes in encrypted objects cannot be told")
    return all_answers((_is_on(copy), encrypted))


def _says_yes(copy: MapValue, attribute: str, doubt_of_it: str) -> Answer:
    setting = copy.get(attribute)
    return said_by(is_true(setting), setting, unclear=Blocker("replication rule", copy.place, doubt_of_it))
