using Orleans.Runtime.Messaging;

namespace Plumbline.Features.Grains;

/// <summary>A failure of the way to a grain, not of the grain.</summary>
/// <param name="Cause">What the runtime threw.</param>
/// <param name="DidNotRun">The call certainly did not run: it was rejected. After a time-out, or when the process that had it is gone, it may have run.</param>
internal readonly record struct TransportFault(Exception Cause, bool DidNotRun)
{
    /// <summary>What the runtime adds to a time-out when the silo that has the call had told of it meanwhile.</summary>
    private const string TellsOfItself = "Last known status is ";

    /// <summary>The time was up while the call waited or was at work, as the silo that has it had told. Nothing was lost: sent once more it would take as
    /// long, and add to what keeps it waiting.</summary>
    public bool IsSlow => Cause is TimeoutException && Cause.Message.Contains(TellsOfItself, StringComparison.Ordinal);

    /// <summary>Too many calls wait already; one more try at once would only add to them.</summary>
    public bool IsOverload => Cause is LimitExceededException or GatewayTooBusyException;

    public static TransportFault? Of(Exception? failure) => failure switch
    {
        LimitExceededException or GatewayTooBusyException => new(failure, DidNotRun: true),
        SiloUnavailableException or TimeoutException or ConnectionFailedException => new(failure, DidNotRun: false),
        OrleansMessageRejectionException => new(failure, DidNotRun: true),
        _ => null,
    };

    public bool MayBeRepeated(GrainCallKind kind) => kind != GrainCallKind.Stream && !IsOverload && !IsSlow && (DidNotRun || kind == GrainCallKind.Repeatable);
}
