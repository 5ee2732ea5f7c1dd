using System.Runtime.CompilerServices;
using Plumbline.Contracts.Playground;
using Plumbline.Features.Grains;

namespace Plumbline.Features.Playground.Api;

/// <summary>The news of a run for one watcher, whatever becomes of the process in which it runs: text that was sent is not sent again.</summary>
internal sealed class RunNews(IPlaygroundRunGrain run, TimeProvider clock)
{
    private int _sent;

    public IAsyncEnumerable<PlaygroundUpdate> WatchAsync(CancellationToken cancellationToken) =>
        Reopening.StreamAsync(_ => UnsentAsync(cancellationToken), clock, cancellationToken);

    private async IAsyncEnumerable<PlaygroundUpdate> UnsentAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = 0;
        await foreach (var update in run.WatchAsync(cancellationToken).WithCancellation(cancellationToken))
        {
            var text = update.Text ?? "";
            var known = Math.Clamp(_sent - position, 0, text.Length);
            position += text.Length;
            _sent = Math.Max(_sent, position);
            if (update.Text is null || known < text.Length) yield return known == 0 ? update : update with { Text = text[known..] };
        }
    }
}
