using System.Globalization;
using System.Text.Json;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Scalars;

namespace Plumbline.GraphQL.Types;

/// <summary>A 64-bit integer as a JSON number; integral text is read too, for clients whose numbers end at 2^53.</summary>
internal sealed class LongCodec : ScalarCodec
{
    public override object ReadLiteral(ValueNode literal) => literal switch
    {
        IntValueNode node when Parse(node.Text, out var value) => value,
        StringValueNode node when Parse(node.Value, out var value) => value,
        _ => throw new InputCoercionException($"Long cannot represent value: {Printer.Print(literal)}"),
    };

    public override object ReadVariable(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)) return number;
        if (value.ValueKind == JsonValueKind.String && Parse(value.GetString()!, out var text)) return text;
        throw new InputCoercionException($"Long cannot represent value: {Inspect.Json(value)}");
    }

    private static bool Parse(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public override bool Writes(Type clr) => clr == typeof(long) || clr == typeof(int) || clr == typeof(uint) || clr == typeof(short) || clr == typeof(byte);

    public override void Write(object value, ResultWriter writer) => writer.WriteInt64(System.Convert.ToInt64(value, CultureInfo.InvariantCulture));

    public override bool ReadsAs(Type clr) => clr == typeof(long);
}

/// <summary>A decimal number as a JSON string, so that no digit is lost; numbers are read too.</summary>
internal sealed class DecimalCodec : ScalarCodec
{
    public override object ReadLiteral(ValueNode literal) => literal switch
    {
        IntValueNode node when Parse(node.Text, out var value) => value,
        FloatValueNode node when Parse(node.Text, out var value) => value,
        StringValueNode node when Parse(node.Value, out var value) => value,
        _ => throw new InputCoercionException($"Decimal cannot represent value: {Printer.Print(literal)}"),
    };

    public override object ReadVariable(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)) return number;
        if (value.ValueKind == JsonValueKind.String && Parse(value.GetString()!, out var text)) return text;
        throw new InputCoercionException($"Decimal cannot represent value: {Inspect.Json(value)}");
    }

    private static bool Parse(string text, out decimal value) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    public override bool Writes(Type clr) => clr == typeof(decimal) || clr == typeof(int) || clr == typeof(long);

    public override void Write(object value, ResultWriter writer) => writer.WriteDecimalText(System.Convert.ToDecimal(value, CultureInfo.InvariantCulture));

    public override bool ReadsAs(Type clr) => clr == typeof(decimal);
}

/// <summary>RFC 3339 with offset in, UTC out; up to nanoseconds.</summary>
internal sealed class DateTimeCodec : ScalarCodec
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    public override object ReadLiteral(ValueNode literal) =>
        literal is StringValueNode node
            ? Parse(node.Value)
            : throw new InputCoercionException($"DateTime cannot represent a non string value: {Printer.Print(literal)}");

    public override object ReadVariable(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? Parse(value.GetString()!)
            : throw new InputCoercionException($"DateTime cannot represent a non string value: {Inspect.Json(value)}");

    private static Instant Parse(string text) => DateTimeText.TryRead(text, out var seconds, out var nanoseconds)
        ? new Instant(seconds, nanoseconds)
        : throw new InputCoercionException($"DateTime cannot represent \"{text}\"; write RFC 3339 with an offset, for example \"2026-01-31T12:00:00Z\".");

    public override bool Writes(Type clr) => clr == typeof(DateTimeOffset) || clr == typeof(Timestamp) || clr == typeof(DateTime);

    public override void Write(object value, ResultWriter writer)
    {
        if (value is Timestamp exact) writer.WriteTimestamp(exact.UnixNanoseconds);
        else writer.WriteDateTime(value is DateTimeOffset moment ? moment : new DateTimeOffset(((DateTime)value).ToUniversalTime()));
    }

    public override bool ReadsAs(Type clr) => clr == typeof(DateTimeOffset) || clr == typeof(Timestamp);

    public override object ConvertTo(object value, Type clr)
    {
        var instant = (Instant)value;
        if (clr != typeof(Timestamp)) return DateTimeOffset.UnixEpoch.AddTicks(instant.Seconds * TimeSpan.TicksPerSecond + instant.Nanoseconds / 100);
        try
        {
            return new Timestamp(checked(instant.Seconds * NanosecondsPerSecond + instant.Nanoseconds));
        }
        catch (OverflowException)
        {
            throw new InputCoercionException("DateTime must lie between the years 1678 and 2261 here.");
        }
    }

    private readonly record struct Instant(long Seconds, int Nanoseconds);
}
