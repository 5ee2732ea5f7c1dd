using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Plumbline.Features.Playground.Models;

/// <summary>
/// Repeats a call while it is certain that the provider has not begun to work on it. What may have begun may be billed, and is never asked for twice.
/// There is no circuit breaker: a person asks for a run, a project has few at once, and who has just mended a provider wants the next run to reach it.
/// </summary>
internal sealed class ProviderRepeats(TimeProvider clock, IOptions<PlaygroundOptions> options)
{
    /// <summary>Runs that were turned away together shall not all come back together.</summary>
    private const double LongestDelay = 1.25;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    private readonly ResiliencePipeline _pipeline = Pipeline(clock, options.Value);

    /// <summary>Makes the call until it is answered, on the caller's context; pauses end with the token.</summary>
    /// <exception cref="ProviderFailure">That of the last try; it says how many there were.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        var tries = 0;
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellationToken);
        try
        {
            await _pipeline.ExecuteAsync(async now =>
            {
                tries++;
                await call(now.CancellationToken);
            }, context);
        }
        catch (ProviderFailure failure) when (Circumstances(failure, tries) is { Length: > 0 } circumstances)
        {
            throw new ProviderFailure(failure.Error with { Message = $"{failure.Message} ({circumstances})" }, failure);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ResiliencePipeline Pipeline(TimeProvider clock, PlaygroundOptions limits)
    {
        if (limits.MaxRepeats == 0) return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder { TimeProvider = clock }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = limits.MaxRepeats,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstPause,
            UseJitter = true,
            ShouldHandle = failed =>
                ValueTask.FromResult(failed.Outcome.Exception is ProviderFailure { RepeatableAfter: { } pause } && pause <= limits.MaxRetryAfter),
            DelayGenerator = failed =>
                ValueTask.FromResult<TimeSpan?>(
                    failed.Outcome.Exception is ProviderFailure { RepeatableAfter: { Ticks: > 0 } pause } ? pause * Spread() : null),
        }).Build();
    }

    private static double Spread() => 1 + (Random.Shared.NextDouble() * (LongestDelay - 1));

    private string Circumstances(ProviderFailure failure, int tries)
    {
        var told = new List<string>();
        if (tries > 1) told.Add($"tried {tries} times");
        if (failure.RepeatableAfter is { } pause && pause > options.Value.MaxRetryAfter) told.Add($"it asks to wait {pause.TotalSeconds:0} seconds");
        return string.Join("; ", told);
    }
}
