using Orleans.Runtime.Messaging;

namespace Plumbline.Features.Grains;

/// <summary>A failure of the way to a grain, not of the grain.</summary>
/// <param name="Cause">What the runtime threw.</param>
/// <param name="DidNotRun">The call certainly did not run: it was rejected. After a time-out, or when the process that had it is gone, it may have run.</param>
internal readonly record struct TransportFault(Exception Cause, bool DidNotRun)
{
    /// <summary>Too many calls wait already; one more try at once would only add to them.</summary>
    public bool IsOverload => Cause is LimitExceededException or GatewayTooBusyException;

    public static TransportFault? Of(Exception? failure) => failure switch
    {
        LimitExceededException or GatewayTooBusyException => new(failure, DidNotRun: true),
        SiloUnavailableException or TimeoutException or ConnectionFailedException => new(failure, DidNotRun: false),
        OrleansMessageRejectionException => new(failure, DidNotRun: true),
        _ => null,
    };

    public bool MayBeRepeated(GrainCallKind kind) => kind != GrainCallKind.Stream && !IsOverload && (DidNotRun || kind == GrainCallKind.Repeatable);
}
