using System.Collections;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Execution;

/// <summary>
/// Starts the fields that may wait, as many at once as the limits allow, level below level as values arrive, and calls batch loaders whenever no
/// field gets further without them. Everything else is resolved while the answer is written. Once the request is cancelled no field begins.
/// </summary>
internal sealed class WaitingFields(RequestExecution execution) : IBatchScheduler
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FieldSlots _slots = new(execution.Limits);
    private List<BatchLoader> _due = [];
    private int _holds;
    private int _running = 1;

    /// <summary>Completes when nothing that was begun runs any more, also after the request was cancelled.</summary>
    public Task Over => _done.Task;

    /// <summary>Completes when every waiting field below the root has its value.</summary>
    public Task ResolveAsync(ResolvedObject root)
    {
        Hold();
        Start(root);
        Release();
        Finish();
        return _done.Task;
    }

    /// <summary>Resolves what waits below a value that is already there (an event of a subscription).</summary>
    public async Task<object?> ResolveBelowAsync(FieldPlan field, object? value)
    {
        Hold();
        var resolved = Descend(field, field.Field.Type, value);
        Release();
        Finish();
        await _done.Task;
        return resolved;
    }

    /// <summary>Resolves one field of the root alone, for serial mutations.</summary>
    public Task ResolveFieldAsync(ResolvedObject root, FieldPlan field)
    {
        Hold();
        StartField(root, field);
        Release();
        Finish();
        return _done.Task;
    }

    private void Start(ResolvedObject node)
    {
        foreach (var field in node.Plan.Waiting) StartField(node, field);
    }

    private void StartField(ResolvedObject node, FieldPlan field)
    {
        if (_slots.TryEnter(node, field)) Run(node, field);
        else Interlocked.Increment(ref _running);
    }

    /// <summary>Begins a field that has a slot, which it gives back when its value is there.</summary>
    private void Run(ResolvedObject node, FieldPlan field)
    {
        var holdsSlot = true;
        try
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            execution.Held.ThrowIfTooMuch();
            var value = field.Resolver.Resolve.Value(node.Value, execution.Arguments(field), execution, field);
            if (value is Task<object?> later)
            {
                if (later.IsCompletedSuccessfully) value = later.GetAwaiter().GetResult();
                else
                {
                    Interlocked.Increment(ref _running);
                    holdsSlot = false;
                    _ = FollowAsync(later, node, field);
                    return;
                }
            }
            _slots.Leave();
            holdsSlot = false;
            node.Slots[field.Slot] = Arrived(field, value);
        }
        catch (Exception failure) // becomes the field's error
        {
            node.Slots[field.Slot] = new FieldFailure(failure);
            if (holdsSlot) _slots.Leave();
        }
    }

    private async Task FollowAsync(Task<object?> later, ResolvedObject node, FieldPlan field)
    {
        var holdsSlot = true;
        var holds = false;
        try
        {
            var value = await later.ConfigureAwait(false);
            Hold();
            holds = true;
            _slots.Leave();
            holdsSlot = false;
            node.Slots[field.Slot] = Arrived(field, value);
        }
        catch (Exception failure) // becomes the field's error
        {
            node.Slots[field.Slot] = new FieldFailure(failure);
        }
        finally
        {
            if (!holds) Hold();
            if (holdsSlot) _slots.Leave();
            Release();
            Finish();
        }
    }

    private object? Arrived(FieldPlan field, object? value)
    {
        execution.CancellationToken.ThrowIfCancellationRequested();
        execution.Held.Add(value);
        return Descend(field, field.Field.Type, value);
    }

    /// <summary>Begins what waited for a slot.</summary>
    private void RunQueued()
    {
        while (_slots.TryTake(out var next))
        {
            Run(next.Node, next.Field);
            Finish();
        }
    }

    private object? Descend(FieldPlan field, GraphQLType type, object? value)
    {
        if (value is null || field.Selection is not { MayWait: true }) return value;
        if (type.Nullable is ListType list) return value is IEnumerable items ? DescendList(field, list.Item, items) : value;
        ObjectPlan plan;
        try
        {
            plan = execution.PlanFor(field, value);
        }
        catch (InvalidOperationException)
        {
            return value; // writing reports it, with its place in the list
        }
        if (plan.Waiting.Length == 0) return value;
        var node = new ResolvedObject(value, plan);
        Start(node);
        return node;
    }

    private ResolvedList DescendList(FieldPlan field, GraphQLType itemType, IEnumerable items)
    {
        List<object?> resolved = items is ICollection collection ? new(collection.Count) : [];
        foreach (var item in items)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            resolved.Add(Descend(field, itemType, item));
        }
        return new ResolvedList([.. resolved]);
    }

    private void Finish()
    {
        if (Interlocked.Decrement(ref _running) == 0) _done.TrySetResult();
    }

    public void Hold() => Interlocked.Increment(ref _holds);

    public void Release()
    {
        RunQueued(); // before loaders are called: what begins now may join their batch
        if (Interlocked.Decrement(ref _holds) == 0) Dispatch();
    }

    public void Schedule(BatchLoader loader)
    {
        lock (_gate) _due.Add(loader);
        // Asked from a resolver that went on after its own await: let others that are ready go first, so that they join the batch.
        if (Volatile.Read(ref _holds) == 0) ThreadPool.QueueUserWorkItem(static self => self.DispatchIfIdle(), this, preferLocal: false);
    }

    public void Loading(int keys) => _slots.Loading(keys);

    private void DispatchIfIdle()
    {
        if (Volatile.Read(ref _holds) != 0) return;
        Hold();
        Release();
    }

    private void Dispatch()
    {
        List<BatchLoader> due;
        lock (_gate)
        {
            if (_due.Count == 0) return;
            due = _due;
            _due = [];
        }
        foreach (var loader in due) _ = loader.DispatchAsync(execution.CancellationToken);
    }
}
