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

    /// <summary>Entries that match, newest first, older than <paramref name="before"/> (null: from the newest). None when there is no such
    /// entry.</summary>
    /// <param name="filter">What to look for.</param>
    /// <param name="before">The id of an <see cref="AuditRecord"/>.</param>
    /// <param name="limit">1 to 501.</param>
    [Alias("ListBeforeAsync"), Repeatable]
    Task<ImmutableArray<AuditRecord>> ListAsync(AuditQuery filter, string? before, int limit);

    /// <summary>An entry by its id, or null.</summary>
    [Alias("FindByIdAsync"), Repeatable]
    Task<AuditRecord?> FindAsync(string entryId);
}
