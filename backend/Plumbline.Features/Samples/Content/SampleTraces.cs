using System.Text.Json;
using Plumbline.Contracts.Reviews;
using Plumbline.Otlp;
using Plumbline.TraceStore;

namespace Plumbline.Features.Samples.Content;

/// <summary>One trace as it is sent.</summary>
/// <param name="Number">Its place in the sample's day, from 0.</param>
/// <param name="Request">The protobuf request that holds all of it.</param>
/// <param name="TraceId">32 lower-case hexadecimal digits.</param>
/// <param name="Answer">The model call that gave the answer; null when there was none.</param>
internal sealed record SampleTrace(int Number, byte[] Request, string TraceId, SpanReference? Answer);

/// <summary>A day of an online shop's assistants: a support agent with tools, answers from documents, a ticket sorter. The same now gives
/// the same traces.</summary>
internal sealed class SampleTraces(DateTimeOffset now)
{
    private const int Traces = 180;
    private const long Second = 1_000_000_000;
    private const long Day = 86_400 * Second;
    private static readonly string[] Users = ["user-3121", "user-7040", "user-1187", "user-5563", "user-9021", "user-2210"];
    private static readonly string[] Environments = ["production", "production", "production", "staging"];
    private static readonly string[] Models = ["gpt-4o-mini", "gpt-4o", "gpt-4.1-mini", "claude-3-5-haiku-20241022"];

    private readonly Random random = new(20260101);
    private readonly long end = (now.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;

    /// <summary>All of them, oldest first.</summary>
    public IEnumerable<SampleTrace> All()
    {
        for (var i = 0; i < Traces; i++)
        {
            var start = end - Day + (long)((i + random.NextDouble()) / Traces * (Day - (60 * Second)));
            yield return (i % 3) switch
            {
                0 => Agent(i, start),
                1 => Retrieval(i, start),
                _ => Sorting(i, start),
            };
        }
    }

    private SampleTrace Agent(int number, long start)
    {
        using var request = Writer("shop-assistant");
        var question = SampleTexts.Orders[number / 3 % SampleTexts.Orders.Length];
        var (trace, root) = (Trace(), Span());
        var failed = number % 21 == 0;
        var at = start + (Second / 20);
        var first = at + Milliseconds(400, 1600);
        var tool = first + Milliseconds(60, 400);
        var last = failed ? tool : tool + Milliseconds(500, 2200);
        var (user, session, model) = (User(number), $"session-{number / 9}", Model(number));
        Chat(
            request, trace, root, at, first, model, "support-agent", Version(number), question.User, null,
            $$"""{"order_id":"{{question.Order}}"}""", user, session);
        request.Span(trace, Span(), root, "execute_tool lookup_order", first, tool, failed ? "The order service did not answer within 300 ms" : null, s =>
        {
            s.Attribute("gen_ai.operation.name", "execute_tool");
            s.Attribute("gen_ai.tool.name", "lookup_order");
            s.Attribute("gen_ai.tool.call.arguments", $$"""{"order_id":"{{question.Order}}"}""");
            if (!failed) s.Attribute("gen_ai.tool.call.result", question.Found);
        });
        SpanId? answer = failed
            ? null
            : Chat(request, trace, root, tool, last, model, "support-agent", Version(number), question.User, question.Answer, null, user, session);
        request.Span(trace, root, default, "invoke_agent support-agent", start, last + (Second / 50), failed ? "lookup_order failed" : null, s =>
        {
            s.Attribute("gen_ai.operation.name", "invoke_agent");
            s.Attribute("gen_ai.agent.name", "support-agent");
            s.Attribute("gen_ai.input.messages", Messages("user", question.User));
            if (!failed) s.Attribute("gen_ai.output.messages", Messages("assistant", question.Answer));
            Context(s, user, session, "support");
        });
        return Sent(number, request, trace, answer);
    }

    private SampleTrace Retrieval(int number, long start)
    {
        using var request = Writer("shop-knowledge");
        var topic = SampleTexts.Topics[number / 3 % SampleTexts.Topics.Length];
        var (trace, root) = (Trace(), Span());
        var embedded = start + Milliseconds(30, 90);
        var found = embedded + Milliseconds(20, 120);
        var last = found + Milliseconds(700, 2600);
        var (user, session) = (User(number), $"session-{number / 9}");
        request.Span(trace, Span(), root, "embeddings text-embedding-3-small", start, embedded, null, s =>
        {
            s.Attribute("gen_ai.operation.name", "embeddings");
            s.Attribute("gen_ai.provider.name", "openai");
            s.Attribute("gen_ai.request.model", "text-embedding-3-small");
            s.Attribute("gen_ai.usage.input_tokens", Tokens(topic.Question));
        });
        request.Span(trace, Span(), root, "retrieval handbook", embedded, found, null, s =>
        {
            s.Attribute("gen_ai.operation.name", "retrieval");
            s.Attribute("gen_ai.retrieval.query.text", topic.Question);
            s.Attribute(
                "gen_ai.retrieval.documents",
                JsonSerializer.Serialize(topic.Documents.Select((d, i) => new { id = $"handbook-{i + 1}", score = 0.93 - (i * 0.11), content = d })));
        });
        var answer = Chat(
            request, trace, root, found, last, Model(number), "answer-from-handbook", Version(number),
            $"{topic.Question}\n\n{string.Join('\n', topic.Documents)}", topic.Answer, null, user, session);
        request.Span(trace, root, default, "answer question", start, last + (Second / 100), null, s =>
        {
            s.Attribute("gen_ai.operation.name", "invoke_workflow");
            s.Attribute("gen_ai.input.messages", Messages("user", topic.Question));
            s.Attribute("gen_ai.output.messages", Messages("assistant", topic.Answer));
            Context(s, user, session, "knowledge");
        });
        return Sent(number, request, trace, answer);
    }

    private SampleTrace Sorting(int number, long start)
    {
        using var request = Writer("ticket-sorter");
        var ticket = SampleTexts.Tickets[number / 3 % SampleTexts.Tickets.Length];
        var overloaded = number % 23 == 0;
        var trace = Trace();
        var answer =
            Chat(request, trace, default, start, start + (
                overloaded ? Milliseconds(5_000, 9_000) : Milliseconds(250, 900)), Model(number), "sort-ticket", Version(number),
            ticket.Text, overloaded
                ? null
                : ticket.Answer, null, User(number), $"session-{number / 9}", overloaded
                ? "429 rate_limit_exceeded: too many requests"
                : null);
        return Sent(number, request, trace, overloaded ? null : answer);
    }

    private SpanId Chat(
        ExportRequestWriter request, TraceId trace, SpanId parent, long start, long end, string model, string prompt, int version,
        string input, string? output, string? toolArguments,
        string user, string session, string? error = null)
    {
        var anthropic = model.StartsWith("claude", StringComparison.Ordinal);
        var span = Span();
        request.Span(trace, span, parent, $"chat {model}", start, end, error, s =>
        {
            s.Attribute("gen_ai.operation.name", "chat");
            s.Attribute("gen_ai.provider.name", anthropic ? "anthropic" : "openai");
            s.Attribute("gen_ai.request.model", model);
            s.Attribute("gen_ai.request.temperature", 0.2);
            s.Attribute("gen_ai.request.max_tokens", 600);
            s.Attribute(
                "gen_ai.system_instructions",
                JsonSerializer.Serialize(new[] { new { type = "text", content = SamplePrompts.SystemText(prompt, version) } }));
            s.Attribute("gen_ai.input.messages", Messages("user", input));
            s.Attribute("plumbline.prompt.name", prompt);
            s.Attribute("plumbline.prompt.version", version);
            Context(s, user, session, prompt);
            if (error is not null) return;
            var answer = output is not null ? Messages("assistant", output, "stop") : ToolCall(toolArguments!);
            s.Attribute("gen_ai.output.messages", answer);
            s.Attribute("gen_ai.response.model", model);
            s.Attribute("gen_ai.response.finish_reasons", [output is not null ? "stop" : "tool_calls"]);
            s.Attribute("gen_ai.usage.input_tokens", 60 + Tokens(input));
            s.Attribute("gen_ai.usage.output_tokens", Tokens(output ?? toolArguments!));
            s.Attribute("gen_ai.response.time_to_first_chunk", (end - start) / (double)Second * 0.3);
        });
        return span;
    }

    private static SampleTrace Sent(int number, ExportRequestWriter request, TraceId trace, SpanId? answer) =>
        new(number, request.ToArray(), trace.ToString(), answer is { } span ? new SpanReference(trace.ToString(), span.ToString()) : null);

    private static void Context(ExportRequestWriter span, string user, string session, string tag)
    {
        span.Attribute("user.id", user);
        span.Attribute("gen_ai.conversation.id", session);
        span.Attribute("plumbline.tags", ["sample", tag]);
    }

    private static string Messages(string role, string content, string? finish = null) =>
        JsonSerializer.Serialize(new object[] { finish is null ? new { role, parts = Parts(content) } : new
        {
            role, parts = Parts(content), finish_reason = finish,
        } });

    private static object[] Parts(string content) => [new { type = "text", content }];

    private string ToolCall(string arguments) => JsonSerializer.Serialize(new[]
    {
        new
        {
            role = "assistant",
            parts = new[] { new { type = "tool_call", id = $"call_{random.NextInt64():x16}", name = "lookup_order", arguments } },
            finish_reason = "tool_calls",
        },
    });

    private ExportRequestWriter Writer(string service) => new(service, Environments[random.Next(Environments.Length)], "plumbline.sample");

    private TraceId Trace()
    {
        Span<byte> bytes = stackalloc byte[TraceId.Size];
        random.NextBytes(bytes);
        return TraceId.Read(bytes);
    }

    private SpanId Span() => new((ulong)random.NextInt64(1, long.MaxValue));

    private long Milliseconds(int from, int to) => random.Next(from, to) * 1_000_000L;

    private static long Tokens(string text) => 4 + (text.Length / 4);

    private static string User(int number) => Users[number % Users.Length];

    private static string Model(int number) => Models[number / 7 % Models.Length];

    // The second half of the day runs on the newer prompts.
    private static int Version(int number) => number < Traces / 2 ? 1 : 2;
}
