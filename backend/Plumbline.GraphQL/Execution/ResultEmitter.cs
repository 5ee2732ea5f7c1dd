using System.Collections;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Execution;

/// <summary>Writes the answer in one pass, resolving on the way what did not have to wait. A null in a non-null place takes the buffer back to where the
/// nearest nullable value began. https://spec.graphql.org/September2025/#sec-Handling-Execution-Errors</summary>
internal sealed partial class ResultEmitter(RequestExecution execution, ResultWriter writer)
{
    private readonly ResponsePath _path = new();

    /// <summary>Writes an object; false when a null has to take its place.</summary>
    private bool WriteObject(ObjectPlan plan, object? value, object?[]? slots)
    {
        writer.WriteByte((byte)'{');
        var fields = plan.Fields;
        var next = 0;
        // One try block serves all fields: a failing field is dealt with outside of it, and writing goes on behind it.
        while (next < fields.Length)
        {
            if (!WriteFields(plan, value, slots, ref next)) return false;
        }
        writer.WriteByte((byte)'}');
        return true;
    }

    private bool WriteFields(ObjectPlan plan, object? value, object?[]? slots, ref int next)
    {
        var fields = plan.Fields;
        var mark = writer.Position;
        try
        {
            for (; next < fields.Length; next++)
            {
                var field = fields[next];
                mark = writer.WriteKey(field.KeyJson, isFirst: next == 0);
                if (field.Resolver.WriteLeaf is { } writeLeaf)
                {
                    if (!writeLeaf.Value(value!, writer)) WriteMissing(field, field.Field.Type);
                }
                else if (field.IsTypeName) writer.WriteRaw(plan.Type.NameJson);
                else if (!WriteBranch(field, value, slots)) return false;
            }
            return true;
        }
        catch (Exception failure) when (IsFieldError(failure))
        {
            var field = fields[next++];
            _path.Push(field.Key);
            var ok = Fail(failure, field, field.Field.Type, mark);
            _path.Pop();
            return ok;
        }
    }

    private bool WriteField(FieldPlan field, ObjectPlan parent, object? value, object?[]? slots)
    {
        var mark = writer.WriteKey(field.KeyJson, isFirst: true);
        if (field.IsTypeName)
        {
            writer.WriteRaw(parent.Type.NameJson);
            return true;
        }
        try
        {
            return WriteBranch(field, value, slots);
        }
        catch (Exception failure) when (IsFieldError(failure))
        {
            _path.Push(field.Key);
            var ok = Fail(failure, field, field.Field.Type, mark);
            _path.Pop();
            return ok;
        }
    }

    /// <summary>Writes a field that is more than a property of a leaf type. The path is put back to where it was even when this throws.</summary>
    private bool WriteBranch(FieldPlan field, object? value, object?[]? slots)
    {
        var resolved = slots is not null && field.Slot >= 0 ? FromSlot(slots[field.Slot]) : Resolve(field, value);
        var depth = _path.Push(field.Key);
        try
        {
            return WriteValue(field, field.Field.Type, resolved);
        }
        finally
        {
            _path.Depth = depth;
        }
    }

    private object? Resolve(FieldPlan field, object? parent)
    {
        execution.CancellationToken.ThrowIfCancellationRequested();
        return field.Resolver.Resolve.Value(parent, execution.Arguments(field), execution, field);
    }

    private static object? FromSlot(object? slot)
    {
        if (slot is FieldFailure failure) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure.Exception);
        return slot;
    }

    /// <summary>Writes a value of the type; false when a null has to go up to the parent.</summary>
    private bool WriteValue(FieldPlan field, GraphQLType type, object? value)
    {
        if (value is null) return WriteMissing(field, type);
        var mark = writer.Position;
        var ok = type.Nullable switch
        {
            ListType list => WriteList(field, list, value),
            ScalarType scalar => WriteScalar(scalar, value),
            EnumType choice => WriteEnum(choice, value),
            _ => WriteComposite(field, value),
        };
        if (ok) return true;
        writer.Rewind(mark);
        if (type.IsNonNull) return false;
        writer.WriteNull();
        return true;
    }

    private bool WriteMissing(FieldPlan field, GraphQLType type)
    {
        if (type.IsNonNull) throw new GraphQLException(ErrorCodes.Internal, $"Cannot return null for non-nullable field {field.Field}.");
        writer.WriteNull();
        return true;
    }

    private bool WriteScalar(ScalarType type, object value)
    {
        type.Codec.Write(value, writer);
        return true;
    }

    private bool WriteEnum(EnumType type, object value)
    {
        writer.WriteRaw(execution.EnumJson(type, value));
        return true;
    }

    private bool WriteComposite(FieldPlan field, object value) => value is ResolvedObject node
        ? WriteObject(node.Plan, node.Value, node.Slots)
        : WriteObject(execution.PlanFor(field, value), value, null);

    private bool WriteList(FieldPlan field, ListType type, object value)
    {
        execution.CancellationToken.ThrowIfCancellationRequested();
        writer.WriteByte((byte)'[');
        var index = 0;
        switch (value)
        {
            case IReadOnlyList<string> texts when type.Item.Named is ScalarType { Codec: StringCodec or IdCodec }
                && type.Item.Nullable is ScalarType && WriteTexts(texts):
                break;
            case ResolvedList resolved:
                foreach (var item in resolved.Items)
                {
                    if (!WriteItem(field, type.Item, item, index++)) return false;
                }
                break;
            case IReadOnlyList<object?> list:
                for (; index < list.Count; index++)
                {
                    if (!WriteItem(field, type.Item, list[index], index)) return false;
                }
                break;
            case string: throw NoList(field);
            case IEnumerable items:
                foreach (var item in items)
                {
                    if (!WriteItem(field, type.Item, item, index++)) return false;
                }
                break;
            default: throw NoList(field);
        }
        writer.WriteByte((byte)']');
        return true;
    }

    /// <summary>Writes a list of texts; false, with nothing written, when one is null.</summary>
    private bool WriteTexts(IReadOnlyList<string> texts)
    {
        var mark = writer.Position;
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i] is not { } text)
            {
                writer.Rewind(mark);
                return false;
            }
            if (i > 0) writer.WriteByte((byte)',');
            writer.WriteText(text);
        }
        return true;
    }

    private static GraphQLException NoList(FieldPlan field) =>
        new(ErrorCodes.Internal, $"Expected Iterable, but did not find one for field \"{field.Field}\".");

    private bool WriteItem(FieldPlan field, GraphQLType type, object? item, int index)
    {
        if (index > 0) writer.WriteByte((byte)',');
        var mark = writer.Position;
        var depth = _path.Push(index);
        try
        {
            return WriteValue(field, type, item);
        }
        catch (Exception failure) when (IsFieldError(failure))
        {
            _path.Depth = depth + 1;
            return Fail(failure, field, type, mark);
        }
        finally
        {
            _path.Depth = depth;
        }
    }

    private bool IsFieldError(Exception failure) =>
        failure is not ExecutionAbortedException && !execution.CancellationToken.IsCancellationRequested;

    private bool Fail(Exception failure, FieldPlan field, GraphQLType type, int mark)
    {
        var error = execution.Masking.ToError(
            failure is OutputCoercionException wrong ? new GraphQLException(ErrorCodes.Internal, wrong.Message) : failure,
            field.Field.ToString());
        execution.Errors.Add(error with
        {
            Path = _path.ToArray(),
            Locations = failure is ArgumentCoercionException { Literal: { } literal }
                ? [execution.Plan.Document.LocationOf(literal)]
                : Array.ConvertAll(field.Nodes, execution.Plan.Document.LocationOf),
        });
        writer.Rewind(mark);
        if (type.IsNonNull) return false;
        writer.WriteNull();
        return true;
    }
}
