using System.Runtime.CompilerServices;
using Plumbline.Contracts.Playground;
using Plumbline.Features.Grains;

namespace Plumbline.Features.Playground.Api;

/// <summary>The news of a run for one watcher, whatever becomes of the process in which it runs: text that was told is not told again.</summary>
internal sealed class RunNews(IPlaygroundRunGrain run, TimeProvider clock)
{
    private int _told;

    public IAsyncEnumerable<PlaygroundUpdate> WatchAsync(CancellationToken cancellationToken) =>
        Reopening.StreamAsync(_ => UntoldAsync(cancellationToken), clock, cancellationToken);

    private async IAsyncEnumerable<PlaygroundUpdate> UntoldAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = 0;
        await foreach (var update in run.WatchAsync(cancellationToken).WithCancellation(cancellationToken))
        {
            var text = update.Text ?? "";
            var known = Math.Clamp(_told - position, 0, text.Length);
            position += text.Length;
            _told = Math.Max(_told, position);
            if (update.Text is null || known < text.Length) yield return known == 0 ? update : update with { Text = text[known..] };
        }
    }
}
