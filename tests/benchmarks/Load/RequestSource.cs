namespace Plumbline.Benchmarks.Load;

/// <summary>Requests without end, none like another, over a running clock of the traces. A request belongs to whoever took it until it is given back.</summary>
internal sealed class RequestSource
{
    /// <summary>The traces' clock begins here; 30 days on are covered by a million spans.</summary>
    public const long Start = 1_790_000_000_000_000_000;

    private const long NanosPerTrace = 30L * 86_400 * 1_000_000_000 / 222_222;
    private readonly System.Collections.Concurrent.ConcurrentQueue<RequestTemplate> _free = new();
    private readonly int _traces;
    private long _number;

    public RequestSource(LoadSettings settings)
    {
        _traces = settings.TracesPerRequest;
        var generator = new SpanGenerator(1, Start, 1_000_000L * settings.Bodies * _traces, (long)settings.Bodies * _traces);
        long bytes = 0, spans = 0;
        for (var i = 0; i < settings.Bodies; i++)
        {
            var template = new RequestTemplate(generator.Next(_traces).ToRecords(), settings.IsJson);
            _free.Enqueue(template);
            bytes += template.BodyBytes;
            spans += template.Spans;
        }
        Words = generator.Words;
        SpansPerRequest = spans / (double)settings.Bodies;
        BytesPerSpan = bytes / (double)spans;
    }

    public Vocabulary Words { get; }

    public double SpansPerRequest { get; }

    public double BytesPerSpan { get; }

    /// <summary>Where the traces' clock stands, nanoseconds since 1970.</summary>
    public long Now => Start + (Interlocked.Read(ref _number) * _traces * NanosPerTrace);

    public RequestTemplate Take()
    {
        if (!_free.TryDequeue(out var template)) throw new InvalidOperationException("More requests are under way than there are bodies; raise --bodies.");
        var number = Interlocked.Increment(ref _number);
        template.Renew(number, Start + (number * _traces * NanosPerTrace));
        return template;
    }

    public void GiveBack(RequestTemplate template) => _free.Enqueue(template);
}
