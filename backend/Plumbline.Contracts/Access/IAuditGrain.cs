using System.Collections.Immutable;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Access;

/// <summary>The audit log of an organization; the key is its id.</summary>
[Alias("IAuditGrain")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>Writes an entry down, unless it is there already: see <see cref="AuditEntry.Once"/>.</summary>
    [Alias("AppendAsync")]
    Task AppendAsync(AuditEntry entry);

    /// <summary>Entries that match, newest first, numbered below <paramref name="before"/> (null: from the newest).</summary>
    /// <param name="filter">What to look for.</param>
    /// <param name="before">A number of <see cref="AuditRecord"/>.</param>
    /// <param name="limit">1 to 501.</param>
    [Alias("ListAsync"), Repeatable]
    Task<ImmutableArray<AuditRecord>> ListAsync(AuditQuery filter, long? before, int limit);

    [Alias("FindAsync"), Repeatable]
    Task<AuditRecord?> FindAsync(long number);
}

/// <summary>What to look for in an audit log; absent parts match all.</summary>
[GenerateSerializer, Alias("AuditQuery"), Immutable]
public sealed record AuditQuery
{
    [Id(0)] public string? Action { get; init; }

    [Id(1)] public string? ActorId { get; init; }

    [Id(2)] public ProjectKey? Project { get; init; }

    [Id(3)] public DateTimeOffset? From { get; init; }

    [Id(4)] public DateTimeOffset? To { get; init; }
}

/// <summary>An entry with its place in the log.</summary>
/// <param name="Number">1, 2, 3 … within the organization.</param>
[GenerateSerializer, Alias("AuditRecord"), Immutable]
public sealed record AuditRecord([property: Id(0)] long Number, [property: Id(1)] DateTimeOffset At, [property: Id(2)] AuditEntry Entry);
