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
}
