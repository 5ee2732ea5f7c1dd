using System.Linq.Expressions;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>Code that writes a leaf of a known .NET type without boxing it.</summary>
internal static class LeafExpressions
{
    /// <summary>Writes one leaf.</summary>
    /// <param name="value">Of the type itself, never null.</param>
    public static Expression Write(GraphQLType leaf, Expression value, Expression writer, EnumBinding enums)
    {
        if (leaf is EnumType choice) return WriteEnum(choice, value, writer, enums);
        var codec = ((ScalarType)leaf).Codec;
        var clr = value.Type;
        if (clr == typeof(string) && codec is StringCodec or IdCodec) return Call(writer, nameof(ResultWriter.WriteText), value);
        if (clr == typeof(bool) && codec is BooleanCodec) return Call(writer, nameof(ResultWriter.WriteBoolean), value);
        if (clr == typeof(decimal) && codec is DecimalCodec) return Call(writer, nameof(ResultWriter.WriteDecimalText), value);
        if (clr == typeof(DateTimeOffset) && codec is DateTimeCodec) return Call(writer, nameof(ResultWriter.WriteDateTime), value);
        if (clr == typeof(double) && codec is FloatCodec) return Call(writer, nameof(ResultWriter.WriteDouble), value);
        if (clr == typeof(int) && codec is IntCodec or LongCodec) return Call(writer, nameof(ResultWriter.WriteInt64), Expression.Convert(value, typeof(long)));
        if (clr == typeof(long) && codec is LongCodec) return Call(writer, nameof(ResultWriter.WriteInt64), value);
        return Expression.Call(
            Expression.Constant(codec), typeof(ScalarCodec).GetMethod(nameof(ScalarCodec.Write))!,
            Expression.Convert(value, typeof(object)), writer);
    }

    private static MethodCallExpression Call(Expression writer, string method, Expression value) =>
        Expression.Call(writer, typeof(ResultWriter).GetMethod(method)!, value);

    private static Expression WriteEnum(EnumType type, Expression value, Expression writer, EnumBinding enums)
    {
        if (!value.Type.IsEnum)
        {
            Action<string, ResultWriter> byName = (name, w) => w.WriteRaw(type.Values.TryGetValue(name, out var found)
                ? found.Json
                : throw new OutputCoercionException($"Enum \"{type}\" cannot represent value: \"{name}\""));
            return Expression.Invoke(Expression.Constant(byName), value, writer);
        }
        var table = typeof(EnumTable<>).MakeGenericType(value.Type);
        var written = enums.Written.GetValueOrDefault((type, value.Type)) ?? [];
        return Expression.Call(Expression.Constant(Activator.CreateInstance(table, type, written)), table.GetMethod("Write")!, value, writer);
    }
}

/// <summary>The JSON of a C# enum's members.</summary>
internal sealed class EnumTable<T>(EnumType type, Dictionary<Enum, byte[]> members) where T : struct, Enum
{
    private readonly Dictionary<T, byte[]> _json = members.ToDictionary(m => (T)m.Key, m => m.Value);

    public void Write(T value, ResultWriter writer) => writer.WriteRaw(
        _json.TryGetValue(value, out var json) ? json : throw new OutputCoercionException($"Enum \"{type}\" cannot represent value: {value}"));
}
