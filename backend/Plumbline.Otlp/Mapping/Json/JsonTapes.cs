namespace Plumbline.Otlp.Mapping.Json;

/// <summary>Tapes that are not in use; JSON within JSON needs several at a time.</summary>
internal sealed class JsonTapes
{
    private readonly Stack<JsonTape> _free = [];

    /// <summary>A tape; dispose it to give it back.</summary>
    public JsonTape Rent() => _free.TryPop(out var tape) ? tape : new(this);

    public void Return(JsonTape tape) => _free.Push(tape);
}
