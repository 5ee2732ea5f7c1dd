namespace Plumbline.Contracts.Access;

/// <summary>Something that was done and that an auditor may ask about.</summary>
/// <param name="ActorId"><see cref="Caller.ActorId"/>.</param>
/// <param name="Action">Past-tense word with its subject first, such as <c>member.removed</c>.</param>
/// <param name="Target">What it was done to: an API id or a name.</param>
[GenerateSerializer, Alias("AuditEntry"), Immutable]
public sealed record AuditEntry([property: Id(0)] string ActorId, [property: Id(1)] string Action, [property: Id(2)] string Target)
{
    [Id(3)] public ProjectKey? Project { get; init; }

    [Id(4)] public string? Address { get; init; }

    /// <summary>Further facts as a JSON object. No secrets, no content of prompts or traces.</summary>
    [Id(5)] public string? DetailJson { get; init; }

    /// <summary>Names the deed where a request may be repeated: a second entry of the same actor, action and name within a day is not written.</summary>
    [Id(6)] public string? Once { get; init; }

    /// <summary>An entry for what a caller did in a project.</summary>
    public static AuditEntry By(Caller caller, string action, string target, ProjectKey? project = null, string? detailJson = null) =>
        new(caller.ActorId, action, target) { Project = project, Address = caller.Address, DetailJson = detailJson };
}
