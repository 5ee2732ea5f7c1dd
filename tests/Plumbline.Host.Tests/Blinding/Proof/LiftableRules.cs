using Plumbline.Contracts.Reviews;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Stands between the server and its queues, and can make every queue say that it hides nothing.</summary>
internal sealed class LiftableRules : IOutgoingGrainCallFilter
{
    private static readonly BlindingRules Nothing = new(false, false, false, false, false);

    public bool AreLifted { get; set; }

    /// <summary>Notes who begins to watch traces, on the way.</summary>
    public Watches Watches { get; } = new();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var answered = context.Invoke();
        Watches.Note(context);
        await answered;
        if (!AreLifted) return;
        context.Result = context.Result switch
        {
            ReviewQueueView queue => queue with { Blinding = Nothing },
            PendingSpans pending => pending with { Rules = Nothing },
            _ => context.Result,
        };
    }
}
