using Plumbline.Contracts.Reviews;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Stands between the server and its queues, and can make every queue say that it hides nothing.</summary>
internal sealed class LiftableRules : IOutgoingGrainCallFilter
{
    private static readonly BlindingRules Nothing = new(false, false, false, false, false);

    public bool AreLifted { get; set; }

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        await context.Invoke();
        if (!AreLifted) return;
        context.Result = context.Result switch
        {
            ReviewQueueView queue => queue with { Blinding = Nothing },
            PendingSpans pending => pending with { Rules = Nothing },
            _ => context.Result,
        };
    }
}
