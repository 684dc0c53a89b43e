package io.tributary.service.store;

class InMemoryDefinitionsTest implements DefinitionStoreContract {

    private final InMemoryDefinitions definitions = new InMemoryDefinitions();

    @Override
    public DefinitionStore definitions() {
        return definitions;
    }
}
