using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.GraphQL.Execution;

namespace Plumbline.GraphQL.Tests.Execution;

public sealed class ResultWriterTests
{
    private const int Limit = 8 * 1024 * 1024;

    private static async Task<byte[]> SentAsync(ResultWriter writer)
    {
        using var stream = new MemoryStream();
        var pipe = PipeWriter.Create(stream);
        await writer.SendAsync(pipe, CancellationToken.None);
        await pipe.CompleteAsync();
        return stream.ToArray();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8_191)]
    [InlineData(8_192)]
    [InlineData(16_384)]
    [InlineData(70_000)]
    [InlineData(400_000)]
    public async Task WriteString_OfAnyLength_ReadsBackTheSame(int length)
    {
        foreach (var unit in new[] { "a", "é", "\u20ac", "\U0001f600", "x\"\\\n\u0001" })
        {
            var text = string.Concat(Enumerable.Repeat(unit, length / unit.Length + 1));
            using var writer = new ResultWriter(Limit);
            writer.WriteString(text);
            Assert.Equal(text, JsonSerializer.Deserialize<string>(writer.Whole().Span));
            var length1 = writer.Position;
            var sent = await SentAsync(writer);
            Assert.Equal((length1, text), (sent.Length, JsonSerializer.Deserialize<string>(sent)));
        }
    }

    [Fact]
    public void Rewind_AcrossChunks_IsAsIfNothingHadBeenWritten() => Prop.ForAll(
        Gen.ListOf(Gen.Zip(Gen.Choose(0, 90_000), Gen.Choose(0, 3))).ToArbitrary(),
        steps =>
        {
            using var writer = new ResultWriter(int.MaxValue);
            var expected = new StringBuilder();
            var marks = new List<(int Position, int Length)> { (0, 0) };
            foreach (var (size, what) in steps)
            {
                if (what == 0)
                {
                    var (position, length) = marks[size % marks.Count];
                    writer.Rewind(position);
                    expected.Length = length;
                    marks.RemoveAll(m => m.Position > position);
                    continue;
                }
                var text = new string((char)('a' + size % 26), size);
                if (what == 1) writer.WriteRaw(Encoding.UTF8.GetBytes(text));
                else writer.WriteString(text);
                expected.Append(what == 1 ? text : $"\"{text}\"");
                marks.Add((writer.Position, expected.Length));
            }
            return writer.Position == expected.Length && writer.Whole().Span.SequenceEqual(Encoding.UTF8.GetBytes(expected.ToString()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Write_BeyondTheLimit_Ends()
    {
        using var writer = new ResultWriter(100_000);
        Assert.Throws<ResponseTooLargeException>(() =>
        {
            for (var i = 0; i < 10; i++) writer.WriteString(new string('x', 50_000));
        });
        Assert.InRange(writer.Position, 100_000, 100_000 + 2 * 64 * 1024);
    }
}
