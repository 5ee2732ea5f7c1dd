using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Features.Kernel.Json;
using Plumbline.Features.Kernel.Messages;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>Pictures and other files as a reviewer may see them: what came along, if it is of a kind that many have. An address says by its host and query
/// who made what lies there, and is told to nobody; so is a media type that one maker alone has.</summary>
internal static partial class FileParts
{
    private static readonly FrozenSet<string> Types = FrozenSet.Create(
        StringComparer.Ordinal, "application/pdf", "audio/wav", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/flac", "audio/webm", "video/mp4", "video/webm",
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp");

    private static readonly FrozenSet<string> Modalities = FrozenSet.Create(StringComparer.Ordinal, "image", "audio", "video", "document");

    /// <summary>The picture, or that there is one.</summary>
    public static ImagePart Show(ImagePart image) => Embedded().Match(image.Url ?? "") is { Success: true } data
        ? new(image.Url, data.Groups["type"].Value)
        : new(null, null);

    /// <summary>The file, or that there is one.</summary>
    public static OtherPart Show(OtherPart file)
    {
        using var document = JsonDocument.Parse(file.Content!.Value.Utf8, new JsonDocumentOptions { MaxDepth = 1000 });
        var shown = new JsonObject();
        var type = JsonList.Text(document.RootElement, "mime_type");
        if (type is not null && !Types.Contains(type)) type = null;
        if (type is not null && JsonList.Text(document.RootElement, "content") is { } content && Base64().IsMatch(content)) shown["content"] = content;
        if (type is not null) shown["mime_type"] = type;
        if (JsonList.Text(document.RootElement, "modality") is { } modality && Modalities.Contains(modality)) shown["modality"] = modality;
        return new(file.Kind, RawJson.FromText(shown.ToJsonString()));
    }

    [GeneratedRegex(@"\Adata:(?<type>image/(png|jpeg|gif|webp|avif|bmp));base64,[A-Za-z0-9+/=_-]*\z", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Embedded();

    [GeneratedRegex(@"\A[A-Za-z0-9+/=_-]*\z", RegexOptions.None, 10_000)]
    private static partial Regex Base64();
}
