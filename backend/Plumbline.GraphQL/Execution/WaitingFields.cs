using System.Collections;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Execution;

/// <summary>
/// Starts every field that may wait, all at once, level below level as values arrive, and calls batch loaders whenever no field gets further
/// without them. Everything else is resolved while the answer is written.
/// </summary>
internal sealed class WaitingFields(RequestExecution execution) : IBatchScheduler
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<BatchLoader> _due = [];
    private int _holds;
    private int _running = 1;

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
        try
        {
            var value = field.Resolver.Resolve.Value(node.Value, execution.Arguments(field), execution, field);
            if (value is not Task<object?> later) node.Slots[field.Slot] = Descend(field, field.Field.Type, value);
            else if (later.IsCompletedSuccessfully) node.Slots[field.Slot] = Descend(field, field.Field.Type, later.GetAwaiter().GetResult());
            else
            {
                Interlocked.Increment(ref _running);
                _ = FollowAsync(later, node, field);
            }
        }
        catch (Exception failure) // becomes the field's error
        {
            node.Slots[field.Slot] = new FieldFailure(failure);
        }
    }

    private async Task FollowAsync(Task<object?> later, ResolvedObject node, FieldPlan field)
    {
        try
        {
            var value = await later.ConfigureAwait(false);
            Hold();
            try
            {
                node.Slots[field.Slot] = Descend(field, field.Field.Type, value);
            }
            finally
            {
                Release();
            }
        }
        catch (Exception failure) // becomes the field's error
        {
            node.Slots[field.Slot] = new FieldFailure(failure);
        }
        finally
        {
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
        foreach (var item in items) resolved.Add(Descend(field, itemType, item));
        return new ResolvedList([.. resolved]);
    }

    private void Finish()
    {
        if (Interlocked.Decrement(ref _running) == 0) _done.TrySetResult();
    }

    public void Hold() => Interlocked.Increment(ref _holds);

    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) == 0) Dispatch();
    }

    public void Schedule(BatchLoader loader)
    {
        lock (_gate) _due.Add(loader);
        // Asked from a resolver that went on after its own await: let others that are ready go first, so that they join the batch.
        if (Volatile.Read(ref _holds) == 0) ThreadPool.QueueUserWorkItem(static self => self.DispatchIfIdle(), this, preferLocal: false);
    }

    private void DispatchIfIdle()
    {
        if (Volatile.Read(ref _holds) == 0) Dispatch();
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
