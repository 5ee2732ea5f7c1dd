using System.Text;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Tests.Blocks;

/// <summary>Where a text ends does not depend on how many bytes are looked at together.</summary>
public sealed class JsonTextTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Soak.Count(40))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void End_OfAnyText_IsTheFirstQuoteWithoutAnEscape(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var plain = random.Next(1, 40);
            var text = new byte[random.Next(140)];
            for (var i = 0; i < text.Length; i++) text[i] = random.Next(plain) > 1 ? (byte)'x' : random.Next(3) == 0 ? (byte)'"' : (byte)'\\';
            var expected = EndOf(text, out var expectedEscapes);
            Assert.Equal(expected, JsonText.End(text, out var escapes));
            if (expected >= 0) Assert.Equal(expectedEscapes, escapes);
        }
    }

    [Theory]
    [InlineData("""{"a":["x","y"],"b":{"c":[1]},"d":"e"}""", "a=[\"x\",\"y\"] b={\"c\":[1]} d=e")]
    [InlineData("""{"a":[ 1, {} ],"b":2}""", "a=[ 1, {} ] b=2")]
    [InlineData("""{"a":[],"b":{}}""", "a=[] b={}")]
    [InlineData("""{"a":1,"b":[1,"c":2}""", "a=1 …")]
    [InlineData("""{"a":[1]x}""", "…")]
    [InlineData("""{"a":[1] ,"b":2}""", "…")]
    [InlineData("""{"a":"\"x\\","b":"\\\""}""", "a=\\\"x\\\\ b=\\\\\\\"")]
    public void FlatObject_ReadsWhatIsNestedWhole(string json, string expected)
    {
        var members = new FlatObject(Encoding.UTF8.GetBytes(json));
        var read = new List<string>();
        while (members.MoveNext()) read.Add(Encoding.UTF8.GetString(members.Key) + "=" + Encoding.UTF8.GetString(members.Value));
        if (members.IsOther) read.Add("…");
        Assert.Equal(expected, string.Join(' ', read));
    }

    [Fact]
    public void FlatObject_ExpectedNamesAndValues_ArePassedOverOnlyWhole()
    {
        var members = new FlatObject("""{"a":12,"ab":12.5,"c":"x"}"""u8);
        Assert.True(members.MoveToName("\"a\":"u8) && members.IsExpected && !members.TryPass("1"u8) && members.TryPass("12"u8));
        Assert.True(members.MoveToName("\"a\":"u8) && !members.IsExpected && members.Key.SequenceEqual("ab"u8));
        Assert.False(members.TryPass("12"u8));
        Assert.True(members.MoveToValue() && members.Value.SequenceEqual("12.5"u8));
        Assert.True(members.MoveToName("\"c\":"u8) && !members.TryPass("\"x"u8) && members.TryPass("\"x\""u8));
        Assert.False(members.MoveNext() || members.IsOther);
    }

    private static int EndOf(ReadOnlySpan<byte> text, out int escapes)
    {
        escapes = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') return i;
            if (text[i] != '\\') continue;
            escapes++;
            i++;
        }
        return -1;
    }
}
