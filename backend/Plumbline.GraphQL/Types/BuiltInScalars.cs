using System.Globalization;
using System.Text.Json;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Types;

/// <summary>https://spec.graphql.org/September2025/#sec-Int</summary>
internal sealed class IntCodec : ScalarCodec
{
    public override object ReadLiteral(ValueNode literal)
    {
        if (literal is not IntValueNode node) throw new InputCoercionException($"Int cannot represent non-integer value: {Printer.Print(literal)}");
        return int.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InputCoercionException($"Int cannot represent non 32-bit signed integer value: {node.Text}");
    }

    public override object ReadVariable(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number) throw new InputCoercionException($"Int cannot represent non-integer value: {Inspect.Json(value)}");
        if (value.TryGetInt32(out var integer)) return integer;
        var number = value.GetDouble();
        if (!double.IsInteger(number)) throw new InputCoercionException($"Int cannot represent non-integer value: {Inspect.Json(value)}");
        return number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw new InputCoercionException($"Int cannot represent non 32-bit signed integer value: {Inspect.Json(value)}");
    }

    public override bool Writes(Type clr) =>
        clr == typeof(int) || clr == typeof(short) || clr == typeof(byte) || clr == typeof(sbyte) || clr == typeof(ushort)
            || clr == typeof(uint) || clr == typeof(long);

    public override void Write(object value, ResultWriter writer)
    {
        if (value is int number) writer.WriteInt64(number);
        else WriteChecked(System.Convert.ToInt64(value, CultureInfo.InvariantCulture), writer);
    }

    public static void WriteChecked(long value, ResultWriter writer)
    {
        if (value is < int.MinValue or > int.MaxValue) throw new OutputCoercionException($"Int cannot represent non 32-bit signed integer value: {value}");
        writer.WriteInt64(value);
    }

    public override bool ReadsAs(Type clr) => clr == typeof(int) || clr == typeof(long) || clr == typeof(short);

    public override object ConvertTo(object value, Type clr) =>
        clr == typeof(int) ? value : System.Convert.ChangeType(value, clr, CultureInfo.InvariantCulture);
}

/// <summary>https://spec.graphql.org/September2025/#sec-Float</summary>
internal sealed class FloatCodec : ScalarCodec
{
    public override object ReadLiteral(ValueNode literal) => literal switch
    {
        IntValueNode node => double.Parse(node.Text, CultureInfo.InvariantCulture),
        FloatValueNode node => double.Parse(node.Text, CultureInfo.InvariantCulture),
        _ => throw new InputCoercionException($"Float cannot represent non numeric value: {Printer.Print(literal)}"),
    };

    public override object ReadVariable(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        throw new InputCoercionException($"Float cannot represent non numeric value: {Inspect.Json(value)}");
    }

    public override bool Writes(Type clr) =>
        clr == typeof(double) || clr == typeof(float) || clr == typeof(int) || clr == typeof(long) || clr == typeof(decimal);

    public override void Write(object value, ResultWriter writer)
    {
        if (value is long or int) writer.WriteInt64(System.Convert.ToInt64(value, CultureInfo.InvariantCulture));
        else writer.WriteDouble(System.Convert.ToDouble(value, CultureInfo.InvariantCulture));
    }

    public override bool ReadsAs(Type clr) => clr == typeof(double) || clr == typeof(float) || clr == typeof(decimal);

    public override object ConvertTo(object value, Type clr) =>
        clr == typeof(double) ? value : System.Convert.ChangeType(value, clr, CultureInfo.InvariantCulture);
}

/// <summary>https://spec.graphql.org/September2025/#sec-String</summary>
internal sealed class StringCodec : ScalarCodec
{
    public override object ReadLiteral(ValueNode literal) =>
        literal is StringValueNode node
            ? node.Value
            : throw new InputCoercionException($"String cannot represent a non string value: {Printer.Print(literal)}");

    public override object ReadVariable(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new InputCoercionException($"String cannot represent a non string value: {Inspect.Json(value)}");

    public override bool Writes(Type clr) => clr == typeof(string) || clr == typeof(Guid) || clr == typeof(Uri) || clr == typeof(char);

    public override void Write(object value, ResultWriter writer) => writer.WriteString(value as string ?? value.ToString()!);

    public override bool ReadsAs(Type clr) => clr == typeof(string);
}

/// <summary>https://spec.graphql.org/September2025/#sec-Boolean</summary>
internal sealed class BooleanCodec : ScalarCodec
{
    private static readonly object True = true;
    private static readonly object False = false;

    public override object ReadLiteral(ValueNode literal) =>
        literal is BooleanValueNode node
            ? node.Value
            ? True
            : False
            : throw new InputCoercionException($"Boolean cannot represent a non boolean value: {Printer.Print(literal)}");

    public override object ReadVariable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => True,
        JsonValueKind.False => False,
        _ => throw new InputCoercionException($"Boolean cannot represent a non boolean value: {Inspect.Json(value)}"),
    };

    public override bool Writes(Type clr) => clr == typeof(bool);

    public override void Write(object value, ResultWriter writer) => writer.WriteBoolean((bool)value);

    public override bool ReadsAs(Type clr) => clr == typeof(bool);
}

/// <summary>https://spec.graphql.org/September2025/#sec-ID</summary>
internal sealed class IdCodec : ScalarCodec
{
    public override object ReadLiteral(ValueNode literal) => literal switch
    {
        StringValueNode node => node.Value,
        IntValueNode node => node.Text,
        _ => throw new InputCoercionException($"ID cannot represent a non-string and non-integer value: {Printer.Print(literal)}"),
    };

    public override object ReadVariable(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) return value.GetString()!;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)) return number.ToString(CultureInfo.InvariantCulture);
        throw new InputCoercionException($"ID cannot represent value: {Inspect.Json(value)}");
    }

    public override bool Writes(Type clr) => clr == typeof(string) || clr == typeof(Guid) || clr == typeof(int) || clr == typeof(long);

    public override void Write(object value, ResultWriter writer) =>
        writer.WriteString(value as string ?? System.Convert.ToString(value, CultureInfo.InvariantCulture)!);

    public override bool ReadsAs(Type clr) => clr == typeof(string);
}
