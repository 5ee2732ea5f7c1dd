using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Otlp.Mapping.Json;

namespace Plumbline.Otlp.Tests.Messages;

public sealed class JsonTapeTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void TryParse_AcceptsWhatSystemTextJsonAccepts_AndReadsTheSame()
    {
        var random = new Random();
        var source = new RandomJson(random);
        var tape = new JsonTape();
        var output = new JsonOutput();
        for (var i = 0; i < Rounds; i++)
        {
            var json = Valid(source.Mutate(source.Value(random.Next(6))));
            var expected = Document(Whole(json));
            Assert.True(expected is not null == tape.TryParse(json), Encoding.UTF8.GetString(json));
            if (expected is null) continue;
            Same(expected.RootElement, tape.Root);
            output.Clear();
            output.Value(tape.Root);
            Assert.True(JsonElement.DeepEquals(expected.RootElement, Document(output.Written)!.RootElement), Encoding.UTF8.GetString(json));
        }
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void TryParse_DeepNesting_EndsAtTheLimit(int depth, bool accepted) =>
        Assert.Equal(accepted, new JsonTape().TryParse(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth))));

    [Theory]
    [InlineData("""{ "a" : [ 1 , "x\/y" , "\u00e9" ] }""", """{"a":[1,"x/y","é"]}""")]
    [InlineData("""["\ud83d\ude00","\ud83d","\u001F\u0007"]""", """["😀","�","\u001F\u0007"]""")]
    [InlineData("""{"a":"\"\\\n","b":{}}""", """{"a":"\"\\\n","b":{}}""")]
    public void Value_IsWrittenWithoutWhiteSpaceAndNeedlessEscapes(string json, string expected)
    {
        var tape = new JsonTape();
        Assert.True(tape.TryParse(Encoding.UTF8.GetBytes(json)));
        var output = new JsonOutput();
        output.Value(tape.Root);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.Written));
    }

    [Fact]
    public void Output_ReadsBackAsWritten()
    {
        var random = new Random();
        var output = new JsonOutput();
        for (var i = 0; i < 2000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ =>
                random.Next(3) == 0 ? (char)random.Next(0x80) : (char)random.Next(0xA0, 0xD7FF))]);
            var number = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsFinite(number)) continue;
            output.Clear();
            output.BeginObject();
            output.Member(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(text));
            output.Name("number"u8);
            output.Number(number);
            output.EndObject();
            using var read = JsonDocument.Parse(output.Written.ToArray());
            Assert.Equal(text, read.RootElement.EnumerateObject().First().Name);
            Assert.Equal(text, read.RootElement.EnumerateObject().First().Value.GetString());
            Assert.Equal(number, read.RootElement.GetProperty("number").GetDouble());
            Assert.EndsWith(number.ToString("R", CultureInfo.InvariantCulture) + "}", Encoding.UTF8.GetString(output.Written), StringComparison.Ordinal);
        }
    }

    private static void Same(JsonElement expected, JsonNode actual)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Array:
                Assert.True(actual.IsArray);
                var items = actual.Items;
                foreach (var item in expected.EnumerateArray())
                {
                    Assert.True(items.MoveNext());
                    Same(item, items.Current);
                }
                Assert.False(items.MoveNext());
                break;
            case JsonValueKind.Object:
                Assert.True(actual.IsObject);
                foreach (var member in expected.EnumerateObject().Where(m => m.Name.Length > 0 && Ascii.IsValid(m.Name)))
                {
                    var last = expected.GetProperty(member.Name);
                    Assert.Equal(last.ValueKind != JsonValueKind.Null, actual.Has(member.Name, out var value));
                    if (last.ValueKind != JsonValueKind.Null) Same(last, value);
                }
                Assert.False(actual.Has("absent", out _));
                break;
            case JsonValueKind.String: Assert.Equal(expected.GetString(), actual.ToString()); break;
            default: Assert.Equal(expected.GetRawText(), actual.ToString()); break;
        }
    }

    // Half a surrogate pair, which JSON can write and no text can hold, is compared as U+FFFD.
    private static byte[] Whole(byte[] json) => Reference.LoneSurrogates.Replace(json).ToArray();

    private static byte[] Valid(byte[] bytes) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));

    private static JsonDocument? Document(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { MaxDepth = 256 });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
