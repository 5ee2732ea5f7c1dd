using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Execution;

/// <summary>Whole answers: data, errors, extensions. https://spec.graphql.org/September2025/#sec-Response</summary>
internal sealed partial class ResultEmitter
{
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> extensions)
    {
        writer.WriteRaw("{\"data\":"u8);
        var mark = writer.Position;
        var ok = execution.Plan.Operation.Operation == OperationType.Mutation ? await WriteSeriallyAsync() : await WriteTogetherAsync();
        if (!ok)
        {
            writer.Rewind(mark);
            writer.WriteNull();
        }
        Close(extensions);
        return ok;
    }

    /// <summary>Writes the answer for one event of a subscription, whose root field already has its value.</summary>
    public async ValueTask WriteEventAsync(object? value, ReadOnlyMemory<byte> extensions)
    {
        writer.WriteRaw("{\"data\":"u8);
        var mark = writer.Position;
        var field = execution.Plan.Root.Fields[0];
        if (field.Selection is { MayWait: true }) value = await execution.NewWaiting().ResolveBelowAsync(field, value).WaitAsync(execution.CancellationToken);
        writer.WriteByte((byte)'{');
        if (WriteRootValue(field, value)) writer.WriteByte((byte)'}');
        else
        {
            writer.Rewind(mark);
            writer.WriteNull();
        }
        Close(extensions);
    }

    private bool WriteRootValue(FieldPlan field, object? value)
    {
        var mark = writer.WriteKey(field.KeyJson, isFirst: true);
        _path.Push(field.Key);
        bool ok;
        try
        {
            ok = WriteValue(field, field.Field.Type, FromSlot(value));
        }
        catch (Exception failure) when (IsFieldError(failure))
        {
            ok = Fail(failure, field, field.Field.Type, mark);
        }
        _path.Pop();
        return ok;
    }

    private async ValueTask<bool> WriteTogetherAsync()
    {
        var plan = execution.Plan.Root;
        if (plan.Waiting.Length == 0) return WriteObject(plan, null, null);
        var root = new ResolvedObject(null, plan);
        await execution.NewWaiting().ResolveAsync(root).WaitAsync(execution.CancellationToken);
        return WriteObject(plan, null, root.Slots);
    }

    private async ValueTask<bool> WriteSeriallyAsync()
    {
        var plan = execution.Plan.Root;
        var root = new ResolvedObject(null, plan);
        writer.WriteByte((byte)'{');
        for (var i = 0; i < plan.Fields.Length; i++)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            var field = plan.Fields[i];
            if (i > 0) writer.WriteByte((byte)',');
            if (field.Slot >= 0) await execution.NewWaiting().ResolveFieldAsync(root, field).WaitAsync(execution.CancellationToken);
            if (!WriteField(field, plan, null, root.Slots)) return false;
        }
        writer.WriteByte((byte)'}');
        return true;
    }

    private void Close(ReadOnlyMemory<byte> extensions)
    {
        if (execution.Errors.Count > 0)
        {
            writer.WriteRaw(",\"errors\":"u8);
            ErrorWriter.Write(execution.Errors, writer);
            execution.Instruments.Count(execution.Errors);
        }
        if (!extensions.IsEmpty)
        {
            writer.WriteRaw(",\"extensions\":"u8);
            writer.WriteRaw(extensions.Span);
        }
        writer.WriteByte((byte)'}');
    }
}
