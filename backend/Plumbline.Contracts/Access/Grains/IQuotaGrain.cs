using System.Collections.Immutable;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Access;

/// <summary>What one caller may still ask of all servers together. Key: <c>kind/caller</c>.</summary>
[Alias("IQuotaGrain"), AcrossTenants]
public interface IQuotaGrain : IGrainWithStringKey
{
    /// <summary>Takes what is wanted of each quota; where not all of it is left, the least.</summary>
    /// <remarks>A call that is sent once more takes twice: a caller gets less for a while, never more.</remarks>
    [Alias("TakeAsync"), Repeatable, ResponseTimeout("00:00:02")]
    Task<QuotaAnswer> TakeAsync(ImmutableArray<QuotaAsk> asked);
}
