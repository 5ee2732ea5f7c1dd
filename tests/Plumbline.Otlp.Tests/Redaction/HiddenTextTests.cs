using System.Text.Json;
using Plumbline.Otlp.Redaction;

namespace Plumbline.Otlp.Tests.Redaction;

/// <summary>Escapes hide nothing, and JSON stays JSON.</summary>
public sealed class HiddenTextTests
{
    private static readonly Redactor Rules = new(
        [
            new("mail", RedactedKind.Email, null, RedactedAs.Mask), new("card", RedactedKind.CreditCard, null, RedactedAs.Mask),
            new("ip", RedactedKind.IpAddress, null, RedactedAs.Mask), new("secret", RedactedKind.Secret, null, RedactedAs.Mask),
            new("phone", RedactedKind.Phone, null, RedactedAs.Mask), new("name", RedactedKind.Regex, "Müller", RedactedAs.Mask),
        ],
        TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData("""{"a":"alice\u0040corp.test"}""", """{"a":"[mail]"}""")]
    [InlineData("""{"a":"\u002B49 170 1234567"}""", """{"a":"[phone]"}""")]
    [InlineData("""{"a":"M\u00fcller"}""", """{"a":"[name]"}""")]
    [InlineData("""{"a":"4111\u00201111\u00201111\u00201111"}""", """{"a":"[card]"}""")]
    [InlineData("""{"a":"10\u002e1.2.3"}""", """{"a":"[ip]"}""")]
    [InlineData("""{"a":"Hello\nalice@corp.test thanks"}""", """{"a":"Hello\n[mail] thanks"}""")]
    [InlineData("""{"a":"Hello\talice@corp.test","b":1.50}""", """{"a":"Hello\t[mail]","b":1.50}""")]
    [InlineData("""["\u003calice@corp.test>"]""", """["<[mail]>"]""")]
    [InlineData("""["\u00fcalice@corp.test"]""", """["ü[mail]"]""")]
    [InlineData("\"alice\\u0040corp.test\"", "\"[mail]\"")]
    [InlineData("""{"a":"{\"b\":\"{\\\"c\\\":\\\"alice\\\\u0040corp.test\\\"}\"}"}""", """{"a":"{\"b\":\"{\\\"c\\\":\\\"[mail]\\\"}\"}"}""")]
    [InlineData("""{"alice\u0040corp.test":1,"bob@corp.test":2,"[mail]#2":3}""", """{"[mail]":1,"[mail]#3":2,"[mail]#2":3}""")]
    [InlineData("""{"password":"hunt\u0065r22"}""", """{"password":"[secret]"}""")]
    [InlineData("""{"pass\u0077ord":12345678,"n":12345678}""", """{"password":"[secret]","n":12345678}""")]
    [InlineData("""{"n":4111111111111111}""", """{"n":"[card]"}""")]
    [InlineData("""{ "kept" : "as\u0020it is" }""", """{ "kept" : "as\u0020it is" }""")]
    public void Json_IsRedactedAsItReads(string before, string after)
    {
        Assert.Equal(after, Rules.Redact(before));
        using var _ = JsonDocument.Parse(after);
    }

    [Theory]
    [InlineData("""{"a":"alice\u0040corp.test","b":"cut o""", """{"a":"[mail]","b":"cut o""")]
    [InlineData("""{"a":"x\nalice\u0040corp.test and \u00""", """{"a":"x\n[mail] and \\u00""")]
    [InlineData("""{"a":NaN,"b":"Hi\nalice@corp.test"}""", """{"a":NaN,"b":"Hi\n[mail]"}""")]
    [InlineData("""see {"a":"alice\u0040corp.test"} there""", """see {"a":"[mail]"} there""")]
    [InlineData("""see {\"a\":\"alice\\u0040corp.test\"} there""", """see {"a":"[mail]"} there""")]
    [InlineData("""{'a': 'M\xfcller'}""", """{'a': '[name]'}""")]
    [InlineData("""alice\u0040corp.test""", """[mail]""")]
    [InlineData("""C:\temp\new""", """C:\temp\new""")]
    [InlineData("https://x.test/?mail=alice%40corp.test&tel=%2B49+170+1234567", "https://x.test/?mail=[mail]&tel=[phone]")]
    [InlineData("to=alice%2540corp.test 100%", "to=[mail] 100%")]
    [InlineData("""{"u":"https://x.test/M%C3%BCller/a%20b"}""", """{"u":"https://x.test/[name]/a%20b"}""")]
    [InlineData("https://x.test/a%20b", "https://x.test/a%20b")]
    public void OtherText_IsRedactedAsItReads(string before, string after) => Assert.Equal(after, Rules.Redact(before));

    [Theory]
    [InlineData("+49 151 234317629", "[phone]")]
    [InlineData("+4915123 4317629", "[phone]")]
    [InlineData("+491512343176290", "[phone]")]
    [InlineData("+49 (151) 234317629", "[phone]")]
    [InlineData("52.12345678901", "52.12345678901")]
    public void Phone_HasUpToFifteenDigits(string before, string after) => Assert.Equal(after, Rules.Redact(before));

    [Theory]
    [InlineData("4111111111111111", "\"[card]\"")]
    [InlineData("\"alice@corp.test\"", "\"[mail]\"")]
    [InlineData("17", "17")]
    public void RedactJson_KeepsJson(string before, string after) => Assert.Equal(after, Rules.RedactJson(before));

    [Fact]
    public void RandomJson_WithASecretInRandomEscapes_KeepsNoneAndStaysJson()
    {
        var random = new Random();
        for (var i = 0; i < 3000; i++)
        {
            var depth = random.Next(5);
            var json = "\"" + Escaped("alice@corp.test", random) + "\"";
            for (; depth > 0; depth--) json = random.Next(4) switch
            {
                0 => $"[1,{json}]",
                1 => $$"""{"a":{{json}},"b":null}""",
                2 when json[0] == '"' => $$"""{{{json}}:true}""",
                _ => "\"" + Escaped(json, random) + "\"",
            };
            var redacted = Rules.Redact(json);
            using var parsed = JsonDocument.Parse(redacted);
            var all = string.Join('\n', Texts(parsed.RootElement));
            Assert.DoesNotContain("alice", all, StringComparison.Ordinal);
            Assert.Contains("[mail]", all, StringComparison.Ordinal);
        }
    }

    private static string Escaped(string text, Random random) => string.Concat(text.Select(c =>
        random.Next(3) == 0 ? $"\\u{(int)c:x4}" : c is '"' or '\\' ? $"\\{c}" : $"{c}"));

    // All names and strings, and what JSON in them holds.
    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(m => Inside(m.Name).Concat(Texts(m.Value))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => Inside(element.GetString()!),
        _ => [],
    };

    private static IEnumerable<string> Inside(string text)
    {
        if (text is not ['{' or '[' or '"', ..]) return [text];
        try
        {
            using var inner = JsonDocument.Parse(text);
            return [.. Texts(inner.RootElement)];
        }
        catch (JsonException)
        {
            return [text];
        }
    }
}
