namespace Plumbline.Contracts.Access;

/// <summary>One thing that a role or a key's scope allows.</summary>
[GenerateSerializer, Alias("Permission")]
public enum Permission
{
    ManageOrganization,
    ManageMembers,
    ManageProject,
    ManageKeys,
    Ingest,
    ReadTraces,
    ReadRawContent,
    EditPrompts,
    DeployPrompts,
    RunPlayground,
    ManageQueues,
    Review,
    Adjudicate,
    Reveal,
    CurateDatasets,
    RunExperiments,
    Export,
    ReadAudit,

    /// <summary>To read what reviewers and colleagues said of outputs, as far as one is not still to judge them.</summary>
    ReadReviews,
}
