using Plumbline.ObjectStore;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Store;

/// <summary>Shows the segments as they are at one moment. A block that cannot be read is quarantined, and the question is asked again without it.</summary>
internal sealed class ViewReader(SegmentSet segments)
{
    public async ValueTask<T> ReadAsync<T>(Func<IReadOnlyList<SegmentView>, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await read(segments.Snapshot(), cancellationToken).ConfigureAwait(false);
            }
            catch (BlockCorruptedException e)
            {
                segments.Exclude(e);
            }
            catch (ObjectNotFoundException e)
            {
                // A block was compacted away while the query ran; a block that is still listed is lost.
                if (attempt > 2) segments.Exclude(Quarantine.Missing(e));
            }
        }
    }
}
