using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Mapping.Messages;

namespace Plumbline.Otlp.Tests.Messages;

/// <summary>Messages are read on a tape of UTF-8. What comes out must be what the plain way over documents and strings gives.</summary>
public sealed class MessageOracleTests
{
    private const int Rounds = 20_000;

    [Theory]
    [InlineData("user")]
    [InlineData("assistant")]
    public void RandomJson_GivesTheSameMessagesAndText(string role)
    {
        var random = new Random();
        var source = new RandomJson(random);
        var tape = new JsonTape();
        for (var i = 0; i < Rounds; i++)
        {
            var json = Encoding.UTF8.GetBytes(source.Value(random.Next(1, 6)));
            if (!EmbeddedJson.TryParse(json, tape)) continue;
            var (found, messages, last, lastUser) = Expected(json, role);
            var output = new JsonOutput();
            var text = new TextCollector();
            output.BeginArray();
            Assert.Equal(found, new MessageShapes(new(output, text, new JsonTapes())).Write(tape.Root, Encoding.UTF8.GetBytes(role)));
            output.EndArray();
            Assert.True(
                messages == Encoding.UTF8.GetString(output.Written),
                $"{Encoding.UTF8.GetString(json)}\n{messages}\n{Encoding.UTF8.GetString(output.Written)}");
            Assert.Equal(last, text.HasLast ? Encoding.UTF8.GetString(text.Last) : null);
            Assert.Equal(lastUser, text.HasLastUser ? Encoding.UTF8.GetString(text.LastUser) : null);
        }
    }

    private static (bool Found, string Json, string? Last, string? LastUser) Expected(byte[] json, string role)
    {
        Assert.True(Reference.EmbeddedJson.TryParse(json, out var document));
        using (document)
        {
            var buffer = new ArrayBufferWriter<byte>();
            var text = new Reference.TextCollector();
            using var writer = new Utf8JsonWriter(
                buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
            writer.WriteStartArray();
            var found = new Reference.MessageShapes(new(writer, text)).Write(document.RootElement, role);
            writer.WriteEndArray();
            writer.Flush();
            // The one difference: characters beyond the basic plane are not escaped.
            return (found, Encoding.UTF8.GetString(buffer.WrittenSpan).Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal), text.Last, text.LastUser);
        }
    }
}
