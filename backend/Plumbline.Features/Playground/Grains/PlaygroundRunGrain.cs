using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using Plumbline.Contracts;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Kernel.Storage;
using Plumbline.Features.Playground.Models;
using Plumbline.Features.Playground.Providers;
using Plumbline.Features.Playground.Runs;
using Plumbline.Features.Playground.State;

namespace Plumbline.Features.Playground.Grains;

/// <summary>
/// One run. The model is called in the grain's own turns, beside its calls: <see cref="StartAsync"/> returns while text still arrives.
/// A run that the server did not live to see the end of is failed when it is looked at again.
/// </summary>
[GrainType("playgroundrun"), Immovable]
internal sealed partial class PlaygroundRunGrain(
    [PersistentState("run", "grains")] IPersistentState<PlaygroundRunState> stored,
    ChatModels models,
    ProviderSecrets secrets,
    RunRecorder recorder,
    IContentRedactor redactor,
    TimeProvider clock,
    IOptions<PlaygroundOptions> options,
    ILogger<PlaygroundRunGrain> logger) : Grain, IPlaygroundRunGrain, IDisposable
{
    private static readonly ProviderErrorView Interrupted = new(null, "interrupted", "The server stopped while this was running. Run it again.", true);

    private readonly CancellationTokenSource _cancel = new();
    private readonly RunOutput _output = new(options.Value.MaxOutputLength);
    private TaskCompletionSource _news = NewNews();
    private Task _running = Task.CompletedTask;
    private bool _stopping;

    private ProjectKey Project => ProjectKey.Of(this.GetPrimaryKeyString());

    private string RunId =>
        ProjectKey.TrySplit(this.GetPrimaryKeyString(), out _, out var id) ? id : throw new FormatException("A run's key ends with its id.");

    private IModelProvidersGrain Providers => GrainFactory.GetGrain<IModelProvidersGrain>(Project.ToString());

    private IRunSlotsGrain Slots => GrainFactory.GetGrain<IRunSlotsGrain>(Project.ToString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (stored.State.Run is { Status: RunStatus.Running } run)
            await stored.SaveAsync(stored.State with { Run = run with { Status = RunStatus.Failed, Error = Interrupted } });
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stopping = true;
        await _cancel.CancelAsync();
        await _running;
    }

    public async Task<PlaygroundRunView> StartAsync(NewPlaygroundRun run)
    {
        if (stored.State.Run is not null)
        {
            run.Request?.RequireSame(stored.State.RequestContent);
            return Now();
        }
        var access = await Providers.FindAsync(run.ProviderId) ?? throw Failure.NotFound();
        RequireBudget(access.Provider);
        var secret = access.SealedSecret is null ? null : secrets.Open(Project, access.SealedSecret)
            ?? throw Failure.BadInput("The provider's key cannot be opened any more. Save the provider with its key again.");
        var body = ChatRequestBody.Write(run.Model, run.Messages, run.Content);
        var rules = await redactor.ForAsync(Project, CancellationToken.None);
        var slot = await RunSlot.TakeAsync(this, Slots, RunId, logger);
        try
        {
            await stored.SaveAsync(new() { Run = rules.Show(View(run, body)), RequestContent = run.Request?.Content });
        }
        catch
        {
            await slot.DisposeAsync();
            throw;
        }
        DelayDeactivation(options.Value.MaxRunTime + TimeSpan.FromMinutes(1));
        _running = RunAsync(new(access.Provider, secret, run.Model, run.Messages, body), rules, slot);
        return Now();
    }

    public Task<PlaygroundRunView?> FindAsync() => Task.FromResult(stored.State.Run is null ? null : Now());

    public async Task<PlaygroundRunView> CancelAsync()
    {
        if (stored.State.Run is null) throw Failure.NotFound();
        await _cancel.CancelAsync();
        await _running;
        return Now();
    }

    public async Task<bool> EraseAsync(string traceId)
    {
        if (stored.State.Run?.TraceId != traceId) return false;
        await stored.ClearStateAsync();
        DeactivateOnIdle();
        return true;
    }

    public async IAsyncEnumerable<PlaygroundUpdate> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (stored.State.Run is null) throw Failure.NotFound();
        if (stored.State.Run is { Status: not RunStatus.Running, Output: { Length: > 0 } text } && !_output.HasBegun) yield return new(text, null);
        for (var position = 0; ;)
        {
            var news = _news.Task;
            if (_output.Length > position)
            {
                var more = _output.TextFrom(position);
                position += more.Length;
                yield return new(more, null);
            }
            else if (stored.State.Run is { Status: not RunStatus.Running } finished)
            {
                yield return new(null, finished);
                yield break;
            }
            else await news.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _cancel.Dispose();

    private async Task RunAsync(ChatRequest request, IContentRules rules, RunSlot slot)
    {
        var started = clock.GetTimestamp();
        double? firstToken = null;
        void Take(ChatEvent happened)
        {
            _output.Take(happened);
            if (_output.HasBegun) firstToken ??= clock.GetElapsedTime(started).TotalMilliseconds;
            Publish();
        }

        await using (slot)
        {
            var (status, error) = await CallAsync(request, Take);
            var finished = Now() with
            {
                Status = status,
                Error = error,
                DurationMs = clock.GetElapsedTime(started).TotalMilliseconds,
                TimeToFirstTokenMs = firstToken,
                Tokens = _output.Tokens,
                FinishReason = _output.FinishReason,
            };
            await FinishAsync(rules.Show(finished), request.Provider);
        }
        DelayDeactivation(TimeSpan.Zero);
    }

    private async Task<(RunStatus, ProviderErrorView?)> CallAsync(ChatRequest request, Action<ChatEvent> take)
    {
        using var limit = new CancellationTokenSource(options.Value.MaxRunTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _cancel.Token);
        try
        {
            await models.Of(request.Provider.Kind).StreamAsync(request, take, either.Token);
            return (RunStatus.Succeeded, null);
        }
        catch (ProviderFailure failure)
        {
            return (RunStatus.Failed, failure.Error);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            if (_stopping) return (RunStatus.Failed, Interrupted);
            if (_cancel.IsCancellationRequested) return (RunStatus.Cancelled, null);
            return (
                RunStatus.Failed,
                new(null, "timeout", $"The run took longer than {options.Value.MaxRunTime.TotalMinutes:0.#} minutes, the most it may take.", true));
        }
        catch (Exception unexpected)
        {
            LogRunFailed(logger, this.GetPrimaryKeyString(), unexpected);
            return (RunStatus.Failed, new(null, "internal", "The run failed for a reason that is in the server's log.", true));
        }
    }

    private async Task FinishAsync(PlaygroundRunView finished, ModelProviderView provider)
    {
        try
        {
            if (!_stopping) finished = await recorder.RecordAsync(finished, provider.Kind, clock.GetUtcNow());
            if (finished.CostUsd is { } cost) await Providers.RecordSpendAsync(provider.ProviderId, cost);
        }
        catch (Exception unexpected)
        {
            LogTraceFailed(logger, this.GetPrimaryKeyString(), unexpected);
        }
        stored.State = stored.State with { Run = finished };
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception unexpected)
        {
            LogSaveFailed(logger, this.GetPrimaryKeyString(), unexpected);
        }
        Publish();
    }

    /// <summary>A budget binds everybody alike, so whoever is refused learns that it is used up; by how much is for those who may see the figure.</summary>
    private static void RequireBudget(ModelProviderView provider)
    {
        if (provider.SpentThisMonthUsd >= provider.MonthlyBudgetUsd)
            throw new RequestFailedException(
                FailureCode.RateLimited,
                $"The budget of the provider {provider.Name} for this month is used up. Use another provider, or have an administrator raise it.");
    }

    private PlaygroundRunView View(NewPlaygroundRun run, string body) => new()
    {
        Project = Project,
        RunId = RunId,
        Status = RunStatus.Running,
        PromptName = run.PromptName,
        PromptNumber = run.PromptNumber,
        InputsJson = run.InputsJson,
        RequestPayloadJson = body,
        Messages = run.Messages,
        StartedBy = run.StartedBy,
        ReadBy = run.ReadBy,
        StartedAt = clock.GetUtcNow(),
        ProviderId = run.ProviderId,
        Model = run.Model,
    };

    /// <summary>The run with the text so far.</summary>
    private PlaygroundRunView Now()
    {
        var run = stored.State.Run!;
        return run.Status == RunStatus.Running && _output.HasBegun ? run with { Output = _output.Text, ToolCalls = _output.ToolCalls } : run;
    }

    private void Publish()
    {
        var published = _news;
        _news = NewNews();
        published.TrySetResult();
    }

    private static TaskCompletionSource NewNews() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Error, Message = "Playground run {Run} failed")]
    private static partial void LogRunFailed(ILogger logger, string run, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Playground run {Run} left no trace")]
    private static partial void LogTraceFailed(ILogger logger, string run, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of playground run {Run} could not be written")]
    private static partial void LogSaveFailed(ILogger logger, string run, Exception exception);
}
