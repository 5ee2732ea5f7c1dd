using System.Runtime.CompilerServices;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>Reads what a scan needs of its segments one after another, and of the next ones on other cores while the scan looks at one: reading pages and
/// decoding them costs more than looking at them.</summary>
internal static class ReadAhead
{
    private static readonly int Most = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>What was read, in the order of the segments.</summary>
    /// <param name="views">The segments; the next one is asked for when it is begun, so that a scan may end them early.</param>
    /// <param name="read">Reads one; of each view once at a time.</param>
    /// <param name="hesitant">Whether the first is likely to be enough: others are begun when it was not.</param>
    /// <param name="cancellationToken">Looked at between segments.</param>
    public static async IAsyncEnumerable<T> RunAsync<T>(
        IEnumerable<SegmentView> views, Func<SegmentView, ValueTask<T>> read, bool hesitant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var begun = new Queue<Task<T>>();
        try
        {
            using var rest = views.GetEnumerator();
            for (var most = hesitant ? 1 : Most; ; most = Most)
            {
                cancellationToken.ThrowIfCancellationRequested();
                while (begun.Count < most && rest.MoveNext()) begun.Enqueue(Begin(rest.Current, read, most));
                if (!begun.TryDequeue(out var first)) yield break;
                yield return await first.ConfigureAwait(false);
            }
        }
        finally
        {
            // Nothing goes on reading when the question has been answered.
            foreach (var task in begun) await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Task<T> Begin<T>(SegmentView view, Func<SegmentView, ValueTask<T>> read, int most) =>
        most == 1 ? read(view).AsTask() : Task.Run(() => read(view).AsTask());
}
