using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;
using Plumbline.GraphQL.Validation;

namespace Plumbline.GraphQL.Conformance;

/// <summary>Commands: parse, print, schema, validate, execute.</summary>
internal static class CommandLoop
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 4000 };
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 64 };
    private static readonly Dictionary<string, Schema> Schemas = [];
    private static readonly Dictionary<string, ScalarCodec> AnyScalars = [];

    public static async Task RunAsync(Stream input, Stream output)
    {
        var world = World.WorldServices.Build();
        using var lines = new StreamReader(input, Encoding.UTF8);
        var writer = PipeWriter.Create(output);
        while (await lines.ReadLineAsync() is { } line)
        {
            using var command = JsonDocument.Parse(line, Deep);
            writer.Write((await AnswerAsync(command.RootElement, world)).Span);
            writer.Write("\n"u8);
            await writer.FlushAsync();
        }
    }

    private static async Task<ReadOnlyMemory<byte>> AnswerAsync(JsonElement command, IServiceProvider world)
    {
        var source = command.TryGetProperty("source", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : [];
        switch (command.GetProperty("op").GetString())
        {
            case "execute": return await WorldRun.ExecuteAsync(world, source, command);
            case "schema":
                Schemas[command.GetProperty("name").GetString()!] = SchemaBuilder.Build([Encoding.UTF8.GetString(source)], AnyScalars);
                return "{}"u8.ToArray();
            case "validate": return Answer(w => Validate(w, source, Schemas[command.GetProperty("schema").GetString()!]));
            default: return Answer(w => ParseAndPrint(w, source));
        }
    }

    private static ReadOnlyMemory<byte> Answer(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, Relaxed);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static DocumentNode? Parse(Utf8JsonWriter writer, byte[] source)
    {
        try
        {
            return Parser.Parse(source, new ParseLimits(int.MaxValue, 900));
        }
        catch (GraphQLSyntaxException wrong)
        {
            writer.WriteString("error", wrong.Message);
            writer.WriteNumber("line", wrong.Location.Line);
            writer.WriteNumber("column", wrong.Location.Column);
            return null;
        }
    }

    private static void ParseAndPrint(Utf8JsonWriter writer, byte[] source)
    {
        if (Parse(writer, source) is not { } document) return;
        writer.WritePropertyName("ast");
        new AstJson(writer, source).Write(document);
        writer.WriteString("text", Printer.Print(document));
    }

    private static void Validate(Utf8JsonWriter writer, byte[] source, Schema schema)
    {
        if (Parse(writer, source) is not { } document) return;
        writer.WriteStartArray("errors");
        foreach (var error in DocumentValidator.Validate(schema, document, 100))
        {
            writer.WriteStartObject();
            writer.WriteString("rule", error.Rule);
            writer.WriteString("message", error.Message);
            writer.WriteStartArray("locations");
            foreach (var location in error.Locations) writer.WriteStringValue($"{location.Line}:{location.Column}");
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
