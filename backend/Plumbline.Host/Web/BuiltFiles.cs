using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Plumbline.Host.Web;

/// <summary>
/// The files of the built web application. The build leaves a compressed form beside each file that gains from one; a client gets the form that it takes.
/// </summary>
/// <param name="folder">The folder that the build wrote, or null when there was no build.</param>
internal sealed class BuiltFiles(string? folder) : IDisposable
{
    private static readonly (string Encoding, string Ending)[] Compressed = [("br", ".br"), ("gzip", ".gz")];

    private readonly PhysicalFileProvider? _files = folder is null ? null : new(folder);
    private readonly FileExtensionContentTypeProvider _types = new();

    public bool Exist => _files is not null;

    /// <summary>The files beside the server's working folder or its program.</summary>
    public static BuiltFiles Find() => new(new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory }
        .Select(root => Path.Combine(root, "frontend", "dist"))
        .FirstOrDefault(built => File.Exists(Path.Combine(built, "index.html"))));

    /// <summary>Answers with a file, or not at all when none has this name. The compressed forms have no address of their own.</summary>
    /// <param name="path">Below the folder, with forward slashes.</param>
    public async Task<bool> TryServeAsync(HttpContext http, string path, string cacheControl)
    {
        if (_files is null || IsCompressedForm(path) || !_types.TryGetContentType(path, out var contentType)) return false;
        var file = _files.GetFileInfo(path);
        if (!file.Exists) return false;
        http.Response.Headers.CacheControl = cacheControl;
        await Negotiated(http, path, file, contentType).ExecuteAsync(http);
        return true;
    }

    public void Dispose() => _files?.Dispose();

    private static bool IsCompressedForm(string path) => Array.Exists(Compressed, c => path.EndsWith(c.Ending, StringComparison.OrdinalIgnoreCase));

    private IResult Negotiated(HttpContext http, string path, IFileInfo file, string contentType)
    {
        var forms = Compressed.Select(c => (c.Encoding, File: _files!.GetFileInfo(path + c.Ending))).Where(f => IsCurrent(f.File, file)).ToArray();
        if (forms.Length == 0) return Whole(file, contentType, null);
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        // Parts are counted in bytes of the file as it is.
        if (http.Request.Headers.ContainsKey(HeaderNames.Range)) return Whole(file, contentType, null);
        if (AcceptedEncoding.Choose(http.Request.Headers.AcceptEncoding, forms.Select(f => f.Encoding)) is not { } chosen)
            return Whole(file, contentType, null);
        http.Response.Headers.ContentEncoding = chosen;
        return Whole(Array.Find(forms, f => f.Encoding == chosen).File, contentType, chosen);
    }

    /// <summary>What a file was compressed from may have been built again since.</summary>
    private static bool IsCurrent(IFileInfo compressed, IFileInfo file) => compressed.Exists && compressed.LastModified >= file.LastModified;

    private static IResult Whole(IFileInfo file, string contentType, string? encoding) => Results.File(
        file.PhysicalPath!,
        contentType,
        lastModified: file.LastModified,
        entityTag: new($"\"{file.LastModified.UtcTicks:x}-{file.Length:x}{(encoding is null ? "" : $"-{encoding}")}\""),
        enableRangeProcessing: encoding is null);
}
