using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Plumbline.Contracts.Access;

/// <summary>What to look for in an audit log; absent parts match all.</summary>
[GenerateSerializer, Alias("AuditQuery"), Immutable]
public sealed record AuditQuery
{
    [Id(0)] public string? Action { get; init; }

    /// <summary>By this one alone, as servers of the last version ask.</summary>
    [Id(1)] public string? ActorId { get; init; }

    [Id(2)] public ProjectKey? Project { get; init; }

    [Id(3)] public DateTimeOffset? From { get; init; }

    [Id(4)] public DateTimeOffset? To { get; init; }

    /// <summary>By any of these.</summary>
    [Id(5)] public ImmutableArray<string>? ActorIds { get; init; }
}

/// <summary>An entry with its place in the log.</summary>
/// <param name="Number">1, 2, 3 … within the organization. It is shown to nobody: a gap would tell of an entry that is kept from them.</param>
[GenerateSerializer, Alias("AuditRecord"), Immutable]
public sealed record AuditRecord([property: Id(0)] long Number, [property: Id(1)] DateTimeOffset At, [property: Id(2)] AuditEntry Entry)
{
    /// <summary>A random name; null in entries from before they had one, which have one that follows from what they say.</summary>
    [Id(3)] public string? RandomId { get; init; }

    /// <summary>What the entry is known by.</summary>
    [JsonIgnore]
    public string EntryId => RandomId ?? Derived();

    private string Derived()
    {
        var said = string.Join('\0', At.UtcTicks, Entry.ActorId, Entry.Action, Entry.Target, Entry.Project, Entry.Address, Entry.DetailJson, Entry.Once);
        return Contracts.RandomId.From(SHA256.HashData(Encoding.UTF8.GetBytes(said)));
    }
}
