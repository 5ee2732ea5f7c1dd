using System.Diagnostics.CodeAnalysis;

namespace Plumbline.GraphQL.Execution;

/// <summary>
/// How many fields of a request are under way; those beyond wait in the order they came. A field that waits for a key of a loader does no work of
/// its own, and holding it back would only cut the loader's batches: it counts against a wider limit alone.
/// </summary>
internal sealed class FieldSlots(GraphQLLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Queue<(ResolvedObject Node, FieldPlan Field)> _queued = [];
    private int _running;
    private int _loading;

    /// <summary>Takes a slot; false when the field was put into the queue.</summary>
    public bool TryEnter(ResolvedObject node, FieldPlan field)
    {
        lock (_gate)
        {
            if (_queued.Count == 0 && HasRoom())
            {
                _running++;
                return true;
            }
            _queued.Enqueue((node, field));
            return false;
        }
    }

    /// <summary>Takes a slot for the field that has waited longest.</summary>
    public bool TryTake([MaybeNullWhen(false)] out (ResolvedObject Node, FieldPlan Field) next)
    {
        lock (_gate)
        {
            next = default;
            if (_queued.Count == 0 || !HasRoom()) return false;
            next = _queued.Dequeue();
            _running++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_gate) _running--;
    }

    /// <summary>So many more keys (fewer, when negative) are being loaded.</summary>
    public void Loading(int keys)
    {
        lock (_gate) _loading += keys;
    }

    private bool HasRoom() => _running - _loading < limits.MaxFieldsInFlight && _running < limits.MaxFieldsInFlight + limits.MaxFieldsLoading;
}
