using System.Collections.Immutable;

namespace Plumbline.Contracts.Access;

/// <summary>What is asked of one quota.</summary>
/// <param name="Quota">Units in a window.</param>
/// <param name="Window">The window.</param>
/// <param name="Wanted">Units to take if they are left.</param>
/// <param name="Least">Units to take otherwise.</param>
[GenerateSerializer, Immutable, Alias("QuotaAsk")]
public sealed record QuotaAsk(
    [property: Id(0)] long Quota, [property: Id(1)] TimeSpan Window, [property: Id(2)] long Wanted, [property: Id(3)] long Least);

/// <summary>What was taken, and what is left.</summary>
/// <param name="Taken">Whether at least the least was.</param>
/// <param name="TookWanted">Whether all that was wanted was.</param>
/// <param name="Left">By quota: units that may still be taken.</param>
/// <param name="FullIn">By quota: time until it is whole again.</param>
/// <param name="RetryAfter">Time until the least could be taken; zero when it was.</param>
[GenerateSerializer, Immutable, Alias("QuotaAnswer")]
public sealed record QuotaAnswer(
    [property: Id(0)] bool Taken, [property: Id(1)] bool TookWanted, [property: Id(2)] ImmutableArray<long> Left,
    [property: Id(3)] ImmutableArray<TimeSpan> FullIn, [property: Id(4)] TimeSpan RetryAfter);
