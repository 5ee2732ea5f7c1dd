using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Plumbline.Host.Web;

/// <summary>Chooses among the forms in which a file lies ready. https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3</summary>
internal static class AcceptedEncoding
{
    private const string Identity = "identity";
    private const string Any = "*";

    /// <summary>The encoding that the client likes best; among those it likes alike the first that is offered. Null is the file as it is.</summary>
    /// <param name="accepted">The request's Accept-Encoding.</param>
    /// <param name="offered">The encodings that lie ready, the best first.</param>
    public static string? Choose(StringValues accepted, IEnumerable<string> offered)
    {
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out var weights)) return null;
        var (best, weight) = ((string?)null, Weight(weights, Identity) ?? 0);
        foreach (var encoding in offered)
        {
            var liked = Weight(weights, encoding) ?? Weight(weights, Any) ?? 0;
            if (liked > weight || (liked == weight && liked > 0 && best is null)) (best, weight) = (encoding, liked);
        }
        return best;
    }

    private static double? Weight(IList<StringWithQualityHeaderValue> weights, string encoding)
    {
        foreach (var weight in weights)
            if (weight.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)) return weight.Quality ?? 1;
        return null;
    }
}
