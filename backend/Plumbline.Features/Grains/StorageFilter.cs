using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Plumbline.Contracts;
using Plumbline.Contracts.Grains;
using Plumbline.Features.Kernel.Storage;
using Plumbline.ObjectStore;

namespace Plumbline.Features.Grains;

/// <summary>Puts a failure of the storage under a grain into words that other processes can read, and lets a grain go whose storage has
/// another owner now: the next call reads anew.</summary>
internal sealed partial class StorageFilter(GrainCalls calls, ILogger<StorageFilter> log) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        using var scope = CallScope.Begin();
        try
        {
            await InvokeAsync(context);
        }
        catch (Exception e) when (scope.HasChanged && calls.RuleOf(context).Kind == GrainCallKind.Change && Failure.In(e) is { IsRetryable: true })
        {
            // The first of two writes was done: nobody may be told that nothing was.
            throw Failure.OutcomeUnknown();
        }
    }

    private async Task InvokeAsync(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (ObjectStoreException e)
        {
            LogFailed(e, context.TargetId);
            if (e is AppendConflictException or PreconditionFailedException) LetGo(context);
            throw StorageFailures.Translated(e);
        }
        catch (InconsistentStateException e)
        {
            LogFailed(e, context.TargetId);
            LetGo(context);
            throw Failure.Moved();
        }
    }

    private static void LetGo(IIncomingGrainCallContext context) => (context.TargetContext.GrainInstance as IGrainBase)?.DeactivateOnIdle();

    [LoggerMessage(Level = LogLevel.Error, Message = "The storage of {Grain} failed")]
    private partial void LogFailed(Exception failure, GrainId grain);
}
