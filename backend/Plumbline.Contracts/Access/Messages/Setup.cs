namespace Plumbline.Contracts.Access;

/// <summary>How far an installation has come.</summary>
/// <param name="OwnerNeeded">Nobody owns this installation yet.</param>
/// <param name="OrganizationName">The organization that the first owner will own; null when they name one.</param>
[GenerateSerializer, Alias("SetupStatus"), Immutable]
public sealed record SetupStatus([property: Id(0)] bool OwnerNeeded, [property: Id(1)] string? OrganizationName);

/// <summary>What became of a link that was to make the first owner.</summary>
/// <param name="Issued">It does.</param>
/// <param name="OpenUntil">Another one does, until then; null otherwise.</param>
[GenerateSerializer, Alias("OwnerLinkIssue"), Immutable]
public sealed record OwnerLinkIssue([property: Id(0)] bool Issued, [property: Id(1)] DateTimeOffset? OpenUntil);

/// <summary>What an unattended install asks for; each part may be absent.</summary>
[GenerateSerializer, Alias("InitialSetup"), Immutable]
public sealed record InitialSetup
{
    [Id(0)] public string? OrganizationName { get; init; }

    [Id(1)] public string? ProjectName { get; init; }

    [Id(2)] public InitialApiKey? ApiKey { get; init; }

    [Id(3)] public NewUser? Owner { get; init; }
}

[GenerateSerializer, Alias("InitialApiKey"), Immutable]
public sealed record InitialApiKey([property: Id(0)] string SecretHash, [property: Id(1)] string Prefix);
