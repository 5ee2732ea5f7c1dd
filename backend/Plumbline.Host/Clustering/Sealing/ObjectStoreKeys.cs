using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Plumbline.ObjectStore;

namespace Plumbline.Host.Clustering.Sealing;

/// <summary>The keys that seal secrets, in the storage that all nodes share: one object for each, which is written once. Nodes that make a key at
/// the same time make two, and each reads both.</summary>
internal sealed class ObjectStoreKeys(IObjectStore store) : IXmlRepository
{
    private const string Folder = "keys/";

    public IReadOnlyCollection<XElement> GetAllElements() => Blocking.Run(ReadAllAsync);

    public void StoreElement(XElement element, string friendlyName)
    {
        var content = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        Blocking.Run(async () => await store.PutAsync($"{Folder}{friendlyName}.xml", content, PutCondition.Missing));
    }

    private async Task<IReadOnlyCollection<XElement>> ReadAllAsync()
    {
        var elements = new List<XElement>();
        await foreach (var found in store.ListAsync(Folder))
        {
            if (await store.GetAsync(found.Name) is { } stored) elements.Add(XElement.Parse(Encoding.UTF8.GetString(stored.Content)));
        }
        return elements;
    }
}
