using Microsoft.Extensions.Logging;
using Plumbline.Contracts;
using Plumbline.Contracts.Grains;

namespace Plumbline.Features.Grains;

/// <summary>What becomes of a call that was lost between processes: sent once more where that is safe, and else reported as it is.</summary>
internal sealed partial class TransportFilter(GrainCalls calls, ILogger<TransportFilter> log) : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var kind = calls.RuleOf(context).Kind;
        if (kind == GrainCallKind.Runtime)
        {
            await context.Invoke();
            return;
        }
        try
        {
            await SendAsync(context, kind);
        }
        catch (Exception e) when ((Failure.In(e) is { IsRetryable: true } || TransportFault.Of(e) is { IsOverload: true })
            && CallScope.Current is { HasChanged: true })
        {
            // What was called changed nothing, but something before it did.
            throw Failure.OutcomeUnknown();
        }
        catch (Exception e) when (Failure.In(e) is { Code: FailureCode.OutcomeUnknown })
        {
            // So that whoever goes on to tidy up does not say that nothing was changed.
            CallScope.NoteChange();
            throw;
        }
    }

    private async Task SendAsync(IOutgoingGrainCallContext context, GrainCallKind kind)
    {
        var fault = await TryAsync(context);
        if (fault is { } first && first.MayBeRepeated(kind))
        {
            await Task.Delay(Pause);
            context.Response = null!;
            fault = await TryAsync(context);
        }
        var mayHaveRun = fault is not { DidNotRun: true };
        if (kind == GrainCallKind.Change && mayHaveRun) CallScope.NoteChange();
        if (fault is not { } last) return;
        LogLost($"{context.InterfaceName}.{context.MethodName}", context.TargetId, last.Cause.Message);
        if (kind == GrainCallKind.Change && mayHaveRun) throw Failure.OutcomeUnknown();
        if (last.IsOverload) throw last.Cause;
        if (last.IsSlow && kind == GrainCallKind.Repeatable) throw Failure.TimedOut();
        throw Failure.Unavailable("A part of the server cannot be reached now. Nothing was changed; try again in a few seconds.");
    }

    private static async Task<TransportFault?> TryAsync(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
            return TransportFault.Of(context.Response?.Exception);
        }
        catch (Exception e) when (TransportFault.Of(e) is not null)
        {
            return TransportFault.Of(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Call} of {Grain} was lost: {Reason}")]
    private partial void LogLost(string call, GrainId grain, string reason);
}
