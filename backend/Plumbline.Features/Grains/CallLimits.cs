using Orleans.Configuration;

namespace Plumbline.Features.Grains;

/// <summary>How long calls of grains may take and how many may wait, alone and in a cluster.</summary>
internal static class CallLimits
{
    /// <summary>Calls that may wait for one grain; further ones are refused.</summary>
    private const int MostWaiting = 10_000;

    /// <summary>What a call may take that declares nothing else by <c>[ResponseTimeout]</c>.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>After so long at work, or waiting for its turn, the silo that has a call tells its caller of it: well before the time is up, so that a
    /// slow call is not taken for one that was lost.</summary>
    private static readonly TimeSpan ToldAfter = TimeSpan.FromSeconds(5);

    /// <summary>How often it is looked for such calls.</summary>
    private static readonly TimeSpan LookedForEvery = TimeSpan.FromSeconds(1);

    /// <summary>What the opening of a grain may take: a shard replays its log, which is bounded.</summary>
    private static readonly TimeSpan ActivationTimeout = TimeSpan.FromSeconds(30);

    /// <summary>What its end may take: a shard makes its last writes.</summary>
    private static readonly TimeSpan DeactivationTimeout = TimeSpan.FromSeconds(15);

    public static ISiloBuilder UseCallLimits(this ISiloBuilder silo) => silo
        .Configure<SiloMessagingOptions>(messages =>
        {
            messages.MaxEnqueuedRequestsHardLimit = MostWaiting;
            messages.ResponseTimeout = ResponseTimeout;
            (messages.RequestProcessingWarningTime, messages.RequestQueueDelayWarningTime) = (ToldAfter, ToldAfter);
            messages.GrainWorkloadAnalysisPeriod = LookedForEvery;
            messages.CancelRequestOnTimeout = true; // a query that nobody waits for any more ends
        })
        .Configure<GrainCollectionOptions>(grains => (grains.ActivationTimeout, grains.DeactivationTimeout) = (ActivationTimeout, DeactivationTimeout));
}
