using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plumbline.Features.Kernel.Json;

/// <summary>
/// JSON in one form only, after RFC 8785: no blanks, keys in the order of their UTF-16 units, numbers as ECMAScript writes them,
/// strings with the fewest escapes.
/// </summary>
internal static class Rfc8785Json
{
    /// <summary>The canonical text of a value.</summary>
    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    /// <summary>The canonical text of JSON text.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    /// <summary>A string as JSON: only quotes, backslashes and control characters are escaped.</summary>
    public static void WriteString(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value) WriteCharacter(c, text);
        text.Append('"');
    }

    /// <summary>A number as ECMAScript's Number::toString writes it.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value)) throw new JsonException("A number is too large.");
        return value == 0 ? "0" : FromShortest(value.ToString("R", CultureInfo.InvariantCulture));
    }

    private static void Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: WriteObject(value, text); break;
            case JsonValueKind.Array: WriteArray(value, text); break;
            case JsonValueKind.String: WriteString(value.GetString()!, text); break;
            case JsonValueKind.Number: text.Append(Number(value.GetDouble())); break;
            default: text.Append(value.GetRawText()); break;
        }
    }

    private static void WriteObject(JsonElement value, StringBuilder text)
    {
        // The last of equal keys counts, as it does for JSON.parse.
        var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject()) members[member.Name] = member.Value;
        text.Append('{');
        var first = true;
        foreach (var (name, member) in members)
        {
            if (!first) text.Append(',');
            first = false;
            WriteString(name, text);
            text.Append(':');
            Write(member, text);
        }
        text.Append('}');
    }

    private static void WriteArray(JsonElement value, StringBuilder text)
    {
        text.Append('[');
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first) text.Append(',');
            first = false;
            Write(item, text);
        }
        text.Append(']');
    }

    private static void WriteCharacter(char c, StringBuilder text)
    {
        switch (c)
        {
            case '"': text.Append("\\\""); break;
            case '\\': text.Append("\\\\"); break;
            case '\b': text.Append("\\b"); break;
            case '\f': text.Append("\\f"); break;
            case '\n': text.Append("\\n"); break;
            case '\r': text.Append("\\r"); break;
            case '\t': text.Append("\\t"); break;
            case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
            default: text.Append(c); break;
        }
    }

    /// <summary>Rewrites .NET's shortest form (digits, maybe a point, maybe E+21) the way ECMAScript places point and exponent.</summary>
    private static string FromShortest(string shortest)
    {
        var negative = shortest[0] == '-';
        var unsigned = negative ? shortest[1..] : shortest;
        var (mantissa, exponent) = unsigned.Split('E') is [var m, var e] ? (m, int.Parse(e, CultureInfo.InvariantCulture)) : (unsigned, 0);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        digits = digits.TrimStart('0').TrimEnd('0');
        var n = whole + exponent - leading; // the value is 0.digits × 10^n
        return (negative ? "-" : "") + Place(digits, n);
    }

    private static string Place(string digits, int n)
    {
        if (n >= digits.Length && n <= 21) return digits.PadRight(n, '0');
        if (n is > 0 and <= 21) return $"{digits[..n]}.{digits[n..]}";
        if (n is > -6 and <= 0) return "0." + new string('0', -n) + digits;
        var exponent = n - 1;
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}";
    }
}
